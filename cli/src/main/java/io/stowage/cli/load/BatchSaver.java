package io.stowage.cli.load;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.WriteResult;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves batches of documents. The store is opened with the first of them, so that a file without a
 * single item leaves no definition behind that a later import would contradict. For one thread, but
 * the counts may be read by any.
 */
final class BatchSaver {

  private final Supplier<Storage<Document>> open;
  private final BadLines badLines;
  private @Nullable Storage<Document> opened;
  private boolean isStopped;
  private @Nullable MissingPlaces places;
  private final Function<Storage<Document>, MissingPlaces> placesIn;
  private final AtomicLong saved = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();

  /**
   * A saver.
   *
   * @param placesIn what counts the items of the opened store that have no place
   */
  BatchSaver(
      Supplier<Storage<Document>> open,
      Function<Storage<Document>, MissingPlaces> placesIn,
      BadLines badLines) {
    this.open = open;
    this.placesIn = placesIn;
    this.badLines = badLines;
  }

  /** Opens the store if that was not done yet. */
  Storage<Document> store() {
    Storage<Document> store = opened;
    if (store == null) {
      store = open.get();
      opened = store;
      places = placesIn.apply(store);
    }
    return store;
  }

  /**
   * Saves a batch; does nothing once another batch has failed.
   *
   * @throws BadLineException if a document is refused and stops the import; those before it are
   *     saved
   */
  void save(List<NumberedDocument> batch) {
    if (isStopped) {
      return;
    }
    isStopped = true;
    saveWhole(batch);
    isStopped = false;
  }

  private void saveWhole(List<NumberedDocument> batch) {
    Storage<Document> store = store();
    try {
      add(batch, store.saveAll(batch.stream().map(NumberedDocument::document).toList()));
    } catch (IllegalArgumentException e) {
      // One of them is no item, and none was saved: find out which.
      saveOneByOne(store, batch);
    }
  }

  private void saveOneByOne(Storage<Document> store, List<NumberedDocument> batch) {
    for (NumberedDocument numbered : batch) {
      try {
        add(List.of(numbered), List.of(store.save(numbered.document())));
      } catch (IllegalArgumentException e) {
        badLines.meet(numbered.line(), e);
      }
    }
  }

  private void add(List<NumberedDocument> batch, List<WriteResult> results) {
    MissingPlaces counting = Objects.requireNonNull(places, "the store is open");
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).isStored()) {
        counting.look(batch.get(i));
      }
    }
    long stored = results.stream().filter(WriteResult::isStored).count();
    saved.addAndGet(stored);
    expired.addAndGet(results.size() - stored);
  }

  /** What is to be told of items that were saved and have no place in an order or a range. */
  List<String> missingPlaces() {
    return places == null ? List.of() : places.lines();
  }

  /** How many items were saved so far. */
  long saved() {
    return saved.get();
  }

  /** How many items were not stored because they were expired already. */
  long expired() {
    return expired.get();
  }
}
