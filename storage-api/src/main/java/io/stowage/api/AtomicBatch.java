package io.stowage.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and deletes of several items that are applied all or not at all, with {@link
 * Storage#atomically}. Immutable: each method answers a larger batch.
 *
 * @param <T> the type of the items
 */
public final class AtomicBatch<T> {

  /** How many writes a batch may have. */
  public static final int MAX_SIZE = 1_000;

  /** One write or delete of a batch. */
  public sealed interface Change<T> permits Save, Insert, Replace, Delete {}

  /** Stores an item, whether or not its id is stored already. */
  public record Save<T>(T item) implements Change<T> {}

  /** Stores an item if its id is not stored. */
  public record Insert<T>(T item) implements Change<T> {}

  /** Stores an item if its id is stored at exactly the expected version. */
  public record Replace<T>(T item, Version expected) implements Change<T> {}

  /** Removes an item; with an expected version only if it is stored at exactly this one. */
  public record Delete<T>(String id, @Nullable Version expected) implements Change<T> {}

  private final List<Change<T>> changes;

  private AtomicBatch(List<Change<T>> changes) {
    this.changes = changes;
  }

  /** A batch of nothing, to begin with. */
  public static <T> AtomicBatch<T> empty() {
    return new AtomicBatch<>(List.of());
  }

  /** And stores an item, whether or not its id is stored already. */
  public AtomicBatch<T> save(T item) {
    return with(new Save<>(item));
  }

  /** And stores an item, on condition that its id is not stored. */
  public AtomicBatch<T> insert(T item) {
    return with(new Insert<>(item));
  }

  /** And stores an item, on condition that its id is stored at exactly the expected version. */
  public AtomicBatch<T> replace(T item, Version expected) {
    return with(new Replace<>(item, expected));
  }

  /** And removes the item with this id, if it is stored. */
  public AtomicBatch<T> delete(String id) {
    return with(new Delete<>(id, null));
  }

  /** And removes an item, on condition that it is stored at exactly the expected version. */
  public AtomicBatch<T> delete(String id, Version expected) {
    return with(new Delete<>(id, expected));
  }

  private AtomicBatch<T> with(Change<T> change) {
    Limits.check("size of the atomic batch", changes.size() + 1, 1, MAX_SIZE);
    List<Change<T>> more = new ArrayList<>(changes.size() + 1);
    more.addAll(changes);
    more.add(change);
    return new AtomicBatch<>(List.copyOf(more));
  }

  /** The writes and deletes, in the order in which they were added. */
  public List<Change<T>> changes() {
    return changes;
  }
}
