package io.stowage.spi;

import java.util.List;

/**
 * The ability of a backend to apply writes of several items all or not at all. A backend that
 * spreads items over nodes has it for items that lie together.
 */
public interface AtomicPort {

  /** How many writes one batch may have. */
  int MAX_WRITES = 1_000;

  /**
   * Whether one atomic step can write all these items. Nothing is sent.
   *
   * @param ids ids of items, stored or not
   */
  boolean holdsTogether(List<String> ids);

  /**
   * What items must have in common to be written together, in words for an error message, such as
   * {@code "the same {tag} in their ids"}.
   */
  String requirement();

  /**
   * Applies all writes or none. Each is checked as by itself: a {@link Commit} as {@link
   * PersistencePort#commit} does, a {@link Removal} by its expected version. If nothing stands
   * against any of them all are applied, in one atomic step that no reader of one item and no other
   * writer sees the middle of. The entries of the commits must have been added before.
   *
   * @param writes 1 to {@link #MAX_WRITES} writes; an id at most once
   * @throws IllegalArgumentException if the items do not lie together; nothing was sent then
   */
  AtomicResult apply(List<AtomicWrite> writes);
}
