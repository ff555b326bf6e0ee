package io.stowage.system.kit.storage;

import io.stowage.api.AsyncStorage;
import io.stowage.api.AtomicBatch;
import io.stowage.api.AtomicBatch.Change;
import io.stowage.api.BatchResult;
import io.stowage.api.Cursor;
import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.Filter;
import io.stowage.api.ItemCorruptedException;
import io.stowage.api.Outcome;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Storages that are wrong on purpose, each in one respect. */
final class WrongStorages {

  private WrongStorages() {}

  /** Finds an item by the first of its values only. */
  static final class LosesSecondValue extends ForwardingStorage {
    LosesSecondValue(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<Document> list(Query query) {
      return super.list(query).stream().filter(item -> isFirst(query.filter(), item)).toList();
    }

    private static boolean isFirst(Filter filter, Document item) {
      return !(filter instanceof Filter.Comparison comparison)
          || !(item.get(comparison.field()) instanceof List<?> values)
          || values.get(0).equals(comparison.operand().value());
    }
  }

  /** Remembers items and answers with them after their end. */
  static final class ReturnsExpired extends ForwardingStorage {
    private final Map<String, Document> remembered = new ConcurrentHashMap<>();

    ReturnsExpired(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult save(Document item) {
      WriteResult result = super.save(item);
      remembered.put(result.id(), item);
      return result;
    }

    @Override
    public boolean delete(String id) {
      remembered.remove(id);
      return super.delete(id);
    }

    @Override
    public Optional<Document> load(String id) {
      return super.load(id).or(() -> Optional.ofNullable(remembered.get(id)));
    }
  }

  /** Answers with all items, whatever the limit. */
  static final class IgnoresLimit extends ForwardingStorage {
    IgnoresLimit(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<Document> list(Query query) {
      return super.list(query.limit(Query.NO_LIMIT));
    }
  }

  /** Updates by a read and an unconditional write. */
  static final class UpdateNotAtomic extends ForwardingStorage {
    UpdateNotAtomic(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult update(String id, UnaryOperator<Document> change) {
      return load(id)
          .map(item -> save(change.apply(item)))
          .orElseGet(() -> new WriteResult(id, WriteResult.Status.ABSENT, null));
    }
  }

  /** Numbers pages by an offset, which moves when items are deleted. */
  static final class PagesByOffset extends ForwardingStorage {
    PagesByOffset(Storage<Document> right) {
      super(right);
    }

    @Override
    public Page<Document> page(Query query) {
      return page(query, new Cursor("0"));
    }

    @Override
    public Page<Document> page(Query query, Cursor after) {
      Query ordered = query.order() == Query.Order.UNORDERED ? query.oldestFirst() : query;
      List<Document> all = super.list(ordered.limit(Query.NO_LIMIT));
      int start = Math.min(Integer.parseInt(after.token()), all.size());
      int end = Math.min(start + query.limit(), all.size());
      return new Page<>(
          all.subList(start, end), end == all.size() ? null : new Cursor(String.valueOf(end)));
    }
  }

  /** Answers an order by the time of the save as it comes. */
  static final class ForgetsOrder extends ForwardingStorage {
    ForgetsOrder(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<Document> list(Query query) {
      return super.list(new Query(query.filter(), Query.Order.OLDEST_FIRST, query.limit()));
    }
  }

  /** Stops a batch at an item that is stored already, as if it were an insert. */
  static final class SaveAllInserts extends ForwardingStorage {
    SaveAllInserts(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<WriteResult> saveAll(Collection<? extends Document> items) {
      return items.stream().map(super::insert).toList();
    }
  }

  /** Writes the items of a batch one by one, and stops at the first that is refused. */
  static final class AppliesAPart extends ForwardingStorage {
    AppliesAPart(Storage<Document> right) {
      super(right);
    }

    @Override
    public BatchResult atomically(AtomicBatch<Document> batch) {
      List<WriteResult> results = new ArrayList<>();
      boolean isApplied = true;
      for (Change<Document> change : batch.changes()) {
        BatchResult one = super.atomically(of(change));
        results.addAll(one.results());
        isApplied &= one.isApplied();
      }
      return new BatchResult(isApplied, results);
    }
  }

  /** Writes the items of a batch whatever is stored. */
  static final class IgnoresExpectedVersions extends ForwardingStorage {
    IgnoresExpectedVersions(Storage<Document> right) {
      super(right);
    }

    @Override
    public BatchResult atomically(AtomicBatch<Document> batch) {
      AtomicBatch<Document> careless = AtomicBatch.empty();
      for (Change<Document> change : batch.changes()) {
        careless =
            change instanceof AtomicBatch.Replace<Document> replace
                ? careless.save(replace.item())
                : change instanceof AtomicBatch.Delete<Document> delete
                    ? careless.delete(delete.id())
                    : with(careless, change);
      }
      return super.atomically(careless);
    }
  }

  private static AtomicBatch<Document> of(Change<Document> change) {
    return with(AtomicBatch.empty(), change);
  }

  private static AtomicBatch<Document> with(AtomicBatch<Document> batch, Change<Document> change) {
    if (change instanceof AtomicBatch.Save<Document> save) {
      return batch.save(save.item());
    }
    if (change instanceof AtomicBatch.Insert<Document> insert) {
      return batch.insert(insert.item());
    }
    if (change instanceof AtomicBatch.Replace<Document> replace) {
      return batch.replace(replace.item(), replace.expected());
    }
    AtomicBatch.Delete<Document> delete = (AtomicBatch.Delete<Document>) change;
    Version expected = delete.expected();
    return expected == null ? batch.delete(delete.id()) : batch.delete(delete.id(), expected);
  }

  /** Answers writes before any replica has confirmed them. */
  static final class IgnoresDurability extends ForwardingStorage {
    IgnoresDurability(Storage<Document> right) {
      super(right);
    }

    @Override
    public Storage<Document> withDurability(Durability durability) {
      return this;
    }
  }

  /** Passes over items that cannot be decoded, and tells nobody. */
  static final class PassesOverInSilence extends ForwardingStorage {
    PassesOverInSilence(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<Document> list(Query query, Consumer<? super ItemCorruptedException> onCorrupted) {
      return super.list(query, e -> {});
    }
  }

  /** Answers nothing where one item cannot be decoded. */
  static final class GivesUpAtDamage extends ForwardingStorage {
    GivesUpAtDamage(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<Document> list(Query query, Consumer<? super ItemCorruptedException> onCorrupted) {
      try {
        return super.list(query);
      } catch (ItemCorruptedException e) {
        onCorrupted.accept(e);
        return List.of();
      }
    }
  }

  /** Looks at the items of an asynchronous saveAll some time later. */
  static final class ReadsLater extends ForwardingStorage {
    ReadsLater(Storage<Document> right) {
      super(right);
    }

    @Override
    @SuppressWarnings("unchecked")
    public AsyncStorage<Document> async() {
      AsyncStorage<Document> async = super.async();
      Executor later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
      return (AsyncStorage<Document>)
          Proxy.newProxyInstance(
              AsyncStorage.class.getClassLoader(),
              new Class<?>[] {AsyncStorage.class},
              (proxy, method, arguments) ->
                  method.getName().equals("saveAll")
                      ? CompletableFuture.supplyAsync(
                          () -> saveAll((Collection<Document>) arguments[0]), later)
                      : method.invoke(async, arguments));
    }
  }

  /** Takes a cursor for the text of its query. */
  static final class CursorsByText extends ForwardingStorage {
    private final Map<String, String> queries = new ConcurrentHashMap<>();

    CursorsByText(Storage<Document> right) {
      super(right);
    }

    @Override
    public Page<Document> page(Query query) {
      Page<Document> page = super.page(query);
      page.next().ifPresent(next -> queries.put(next.token(), query.filter().toString()));
      return page;
    }

    @Override
    public Page<Document> page(Query query, Cursor after) {
      if (!query.filter().toString().equals(queries.get(after.token()))) {
        throw new IllegalArgumentException("cursor '" + after + "' is of another query");
      }
      return super.page(query, after);
    }
  }

  /** Fails an update if the close has begun before it ends. */
  static final class CutOffByTheClose extends ForwardingStorage {
    CutOffByTheClose(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult update(String id, UnaryOperator<Document> change) {
      WriteResult result = super.update(id, change);
      try {
        boolean unused = exists(id);
        return result;
      } catch (IllegalStateException closed) {
        throw StorageException.transientFailure(
            "it was cut off",
            new StorageException.Context(name(), "update", "memory", Duration.ZERO),
            Outcome.UNKNOWN,
            closed);
      }
    }
  }

  /** Says of an update that the close cut off that the store was used wrongly. */
  static final class BlamesTheCaller extends ForwardingStorage {
    BlamesTheCaller(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult update(String id, UnaryOperator<Document> change) {
      try {
        return super.update(id, change);
      } catch (StorageException e) {
        throw new IllegalStateException("the platform is closed", e);
      }
    }
  }

  /** Forgets what it has removed when it meets an item that cannot be decoded. */
  static final class ForgetsWhatItRemoved extends ForwardingStorage {
    ForgetsWhatItRemoved(Storage<Document> right) {
      super(right);
    }

    @Override
    public long deleteWhere(Query query) {
      try {
        return super.deleteWhere(query);
      } catch (ItemCorruptedException e) {
        throw new ItemCorruptedException(
            e.id(),
            "damaged",
            new StorageException.Context(e.store(), e.operation(), e.adapter(), e.elapsed()),
            e);
      }
    }
  }
}
