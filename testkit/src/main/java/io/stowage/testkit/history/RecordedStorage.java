package io.stowage.testkit.history;

import io.stowage.api.Document;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store of documents whose operations are recorded. Every write stores a fresh value in the field
 * {@value #VALUE}, beside the fields that it is given. The store must have no TTL of its own; a
 * document may have an {@code expires_at} in ISO-8601.
 *
 * <p>A {@link StorageException} is an answer here, not applied or unknown; any other failure is
 * thrown. Safe for use by many threads.
 */
public final class RecordedStorage {

  /** The field of the fresh value. */
  public static final String VALUE = "value";

  private static final String EXPIRES_AT = "expires_at";

  private final Storage<Document> storage;
  private final HistoryRecorder recorder;
  private final Duration tolerance;

  /**
   * Wraps a store.
   *
   * @param tolerance by how much the server's clock may differ from this process's, the millisecond
   *     included by which the server rounds
   */
  public RecordedStorage(Storage<Document> storage, HistoryRecorder recorder, Duration tolerance) {
    this.storage = storage;
    this.recorder = recorder;
    this.tolerance = tolerance;
  }

  /** Saves a document with a fresh value. */
  public Answer save(Document document) {
    Document item = fresh(document);
    Call call = new Call.Save(value(item), lifetime(item));
    return recorded(id(item), call, () -> answer(storage.save(item)));
  }

  /** Inserts a document with a fresh value. */
  public Answer insert(Document document) {
    Document item = fresh(document);
    Call call = new Call.Insert(value(item), lifetime(item));
    return recorded(id(item), call, () -> answer(storage.insert(item)));
  }

  /** Replaces what has the expected version by a document with a fresh value. */
  public Answer replace(Document document, Version expected) {
    Document item = fresh(document);
    Call call = new Call.Replace(value(item), expected, lifetime(item));
    return recorded(id(item), call, () -> answer(storage.replace(item, expected)));
  }

  /** Updates the item to a document with a fresh value. */
  public Answer update(Document document) {
    Document item = fresh(document);
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    long invoked = recorder.now();
    Answer answer =
        answerOf(
            () ->
                answer(
                    storage.update(
                        id(item),
                        current -> {
                          seen.set(value(current));
                          return item;
                        })));
    recorder.add(
        id(item), new Call.Update(seen.get(), value(item), lifetime(item)), answer, invoked);
    return answer;
  }

  /** Deletes an item. */
  public Answer delete(String id) {
    return recorded(
        id,
        new Call.Delete(),
        () -> storage.delete(id) ? new Answer.Removed() : new Answer.Absent());
  }

  /** Loads an item with its version. */
  public Answer load(String id) {
    return recorded(
        id,
        new Call.Load(),
        () ->
            storage
                .loadVersioned(id)
                .<Answer>map(it -> new Answer.Found(value(it.item()), it.version()))
                .orElseGet(Answer.Absent::new));
  }

  /**
   * Looks for an item by a query that matches it whatever its value, and nothing else.
   *
   * @throws IllegalStateException if the query answers something else or the item twice
   */
  public Answer find(String id, Query query) {
    return recorded(id, new Call.Find(), () -> only(id, storage.list(query)));
  }

  private static Answer only(String id, List<Document> items) {
    if (items.isEmpty()) {
      return new Answer.Absent();
    }
    if (items.size() > 1 || !id(items.get(0)).equals(id)) {
      throw new IllegalStateException(
          "a query answered " + items + "; allowed is item '" + id + "' at most once");
    }
    return new Answer.Found(value(items.get(0)), null);
  }

  private Answer recorded(String id, Call call, Supplier<Answer> operation) {
    long invoked = recorder.now();
    Answer answer = answerOf(operation);
    recorder.add(id, call, answer, invoked);
    return answer;
  }

  private static Answer answerOf(Supplier<Answer> operation) {
    try {
      return operation.get();
    } catch (StorageException failure) {
      return failure.outcome() == Outcome.UNKNOWN ? new Answer.Unknown() : new Answer.NotApplied();
    }
  }

  private static Answer answer(WriteResult result) {
    return switch (result.status()) {
      case STORED -> new Answer.Stored(result.storedVersion());
      case ALREADY_EXPIRED -> new Answer.AlreadyExpired();
      case ALREADY_EXISTS -> new Answer.AlreadyExists(result.current());
      case VERSION_CONFLICT -> new Answer.VersionConflict(result.current());
      case ABSENT -> new Answer.Absent();
      case DELETED, NOT_APPLIED ->
          throw new IllegalStateException("no write outside a batch answers " + result);
    };
  }

  private Document fresh(Document document) {
    return document.with(VALUE, recorder.freshValue());
  }

  private static String id(Document document) {
    return document
        .id()
        .orElseThrow(() -> new IllegalArgumentException("document has no id: " + document));
  }

  private static String value(Document document) {
    if (document.get(VALUE) instanceof String value) {
      return value;
    }
    throw new IllegalStateException("an item has no value: " + document);
  }

  private Lifetime lifetime(Document document) {
    Object end = document.get(EXPIRES_AT);
    if (end == null) {
      return Lifetime.forever();
    }
    return recorder.endingAt(Instant.parse(end.toString()), tolerance);
  }
}
