package io.stowage.system.crash;

import io.stowage.api.AtomicBatch;
import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.Version;
import io.stowage.api.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A write during which its writer may die.
 *
 * @param name what it is
 * @param isAtomic whether it changes all of its items or none
 * @param after the items that it leaves behind, by id
 * @param run does it
 */
record Writing(
    String name, boolean isAtomic, Map<String, Document> after, Consumer<Storage<Document>> run) {

  /** The kinds of writes. */
  enum Kind {
    SAVE_ABSENT,
    SAVE_PRESENT,
    INSERT,
    REPLACE,
    UPDATE,
    DELETE,
    SAVE_ALL,
    ATOMIC_BATCH
  }

  /** Prepares a write through a store that is not going to die. */
  static Writing of(Kind kind, CrashItems items, Storage<Document> storage) {
    List<String> ids = items.ids(3);
    Document first = items.document(ids.get(0));
    Document second = items.document(ids.get(1));
    String id = ids.get(0);
    switch (kind) {
      case SAVE_ABSENT, INSERT -> storage.delete(id);
      case SAVE_PRESENT, REPLACE, UPDATE, DELETE -> storage.save(items.document(id));
      case SAVE_ALL -> storage.save(items.document(ids.get(1)));
      case ATOMIC_BATCH -> {
        storage.delete(id);
        storage.save(items.document(ids.get(1)));
        storage.save(items.document(ids.get(2)));
      }
    }
    Map<String, Document> after = contents(storage);
    after.put(id, first);
    return switch (kind) {
      case SAVE_ABSENT, SAVE_PRESENT -> new Writing(kind.name(), true, after, it -> it.save(first));
      case INSERT -> new Writing(kind.name(), true, after, it -> it.insert(first));
      case REPLACE -> {
        Version version = version(storage, id);
        yield new Writing(kind.name(), true, after, it -> it.replace(first, version));
      }
      case UPDATE -> new Writing(kind.name(), true, after, it -> it.update(id, current -> first));
      case DELETE -> {
        after.remove(id);
        yield new Writing(kind.name(), true, after, it -> it.delete(id));
      }
      case SAVE_ALL -> {
        Document third = items.document(ids.get(2));
        after.put(ids.get(1), second);
        after.put(ids.get(2), third);
        yield new Writing(
            kind.name(), false, after, it -> it.saveAll(List.of(first, second, third)));
      }
      case ATOMIC_BATCH -> {
        after.put(ids.get(1), second);
        after.remove(ids.get(2));
        AtomicBatch<Document> batch =
            AtomicBatch.<Document>empty()
                .insert(first)
                .replace(second, version(storage, ids.get(1)))
                .delete(ids.get(2));
        yield new Writing(kind.name(), true, after, it -> it.atomically(batch));
      }
    };
  }

  private static Version version(Storage<Document> storage, String id) {
    return storage.loadVersioned(id).map(Versioned::version).orElseThrow();
  }

  /** The items that are stored now, by id. */
  static Map<String, Document> contents(Storage<Document> storage) {
    return new TreeMap<>(storage.loadAll(new ArrayList<>(CrashItems.allIds())));
  }
}
