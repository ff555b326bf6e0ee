package io.stowage.system.kit.storage;

import io.stowage.api.Document;
import io.stowage.api.FieldValue;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.QueryReport;
import io.stowage.api.Storage;
import io.stowage.api.WriteResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Storages whose queries are wrong on purpose, each in one respect. */
final class WrongQueries {

  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private WrongQueries() {}

  private static void await(BooleanSupplier isDone) {
    long begin = System.nanoTime();
    while (!isDone.getAsBoolean() && System.nanoTime() - begin < LONGEST_WAIT_NANOS) {
      Thread.onSpinWait();
    }
  }

  /** Lists one value after the other; whoever saves then does it after the first. */
  static final class ListsValueByValue extends ForwardingStorage {
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger saves = new AtomicInteger();

    ListsValueByValue(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult save(Document item) {
      int before = saves.get();
      await(() -> lists.get() > before);
      WriteResult result = super.save(item);
      saves.incrementAndGet();
      return result;
    }

    @Override
    public List<Document> list(Query query) {
      if (!(query.filter() instanceof Filter.OneOf oneOf)) {
        return super.list(query);
      }
      List<Document> all = new ArrayList<>();
      int before = saves.get();
      for (FieldValue value : oneOf.operands()) {
        all.addAll(super.list(Query.matching(Filter.eq(oneOf.field(), value))));
        lists.set(before + 1);
        await(() -> saves.get() > before);
      }
      return all;
    }
  }

  /** Orders items by the doubles nearest to their ranks. */
  static final class OrdersByDoubles extends ForwardingStorage {
    OrdersByDoubles(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<Document> list(Query query) {
      List<Document> all = super.list(query.limit(Query.NO_LIMIT));
      Comparator<Document> oldest =
          Comparator.<Document>comparingDouble(OrdersByDoubles::rank)
              .thenComparing(item -> item.id().orElseThrow());
      return all.stream()
          .sorted(query.order() == Query.Order.NEWEST_FIRST ? oldest.reversed() : oldest)
          .limit(query.limit())
          .toList();
    }

    private static double rank(Document item) {
      return item.get("rank") instanceof Number number ? number.doubleValue() : 0;
    }
  }

  /** Says of every query that nothing was lacking. */
  static final class MissesNothing extends ForwardingStorage {
    MissesNothing(Storage<Document> right) {
      super(right);
    }

    @Override
    public QueryReport explain(Query query) {
      QueryReport right = super.explain(query);
      return new QueryReport(
          right.access(),
          right.indexes(),
          right.isOrdered(),
          right.candidates(),
          right.stale(),
          right.matches(),
          Map.of());
    }
  }

  /** Saves what has no place in the order under a place of its own. */
  static final class PlacesWhatHasNoPlace extends ForwardingStorage {
    PlacesWhatHasNoPlace(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult save(Document item) {
      try {
        return super.save(item);
      } catch (IllegalArgumentException e) {
        return super.save(item.with("turn", 0));
      }
    }
  }

  /** Takes places in lists for names. */
  static final class KnowsNoPlaces extends ForwardingStorage {
    KnowsNoPlaces(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<Document> list(Query query) {
      boolean hasPlace =
          query.filter() instanceof Filter.Comparison comparison
              && comparison.field().contains(".0.");
      return hasPlace ? List.of() : super.list(query);
    }
  }

  /** Compares times as they are spelled. */
  static final class ComparesSpellings extends ForwardingStorage {
    ComparesSpellings(Storage<Document> right) {
      super(right);
    }

    @Override
    public List<Document> list(Query query) {
      List<Document> found = super.list(query);
      return query.filter() instanceof Filter.Comparison comparison
              && comparison.operator() == Filter.Operator.EQ
          ? found.stream()
              .filter(item -> comparison.operand().value().equals(item.get(comparison.field())))
              .toList()
          : found;
    }
  }

  /** Finds an id by another spelling of its moment, too. */
  static final class FindsIdsByMoment extends ForwardingStorage {
    private final List<Document> saved = new CopyOnWriteArrayList<>();

    FindsIdsByMoment(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult save(Document item) {
      saved.add(item);
      return super.save(item);
    }

    @Override
    public List<Document> list(Query query) {
      return query.filter() instanceof Filter.Comparison comparison
              && comparison.field().equals("id")
          ? saved.stream()
              .filter(
                  item -> comparison.operand().equals(FieldValue.of(item.get("id")).orElseThrow()))
              .toList()
          : super.list(query);
    }
  }
}
