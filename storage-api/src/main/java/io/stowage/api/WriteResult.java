package io.stowage.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a write of one item.
 *
 * @param id the item's id, given or generated
 * @param status what happened
 * @param current the version that is stored now: the new one if the write was applied, the one that
 *     stood in its way if it was refused; null if none is stored
 */
public record WriteResult(String id, Status status, @Nullable Version current) {

  /** What became of a write. */
  public enum Status {
    /** The item is stored. */
    STORED,
    /** The item's own {@code expires_at} is past: nothing was stored and nothing was changed. */
    ALREADY_EXPIRED,
    /** An insert found an item with this id: nothing was changed. */
    ALREADY_EXISTS,
    /** A replace found another version than the expected one: nothing was changed. */
    VERSION_CONFLICT,
    /** A replace, an update or a delete found no item: nothing was changed. */
    ABSENT,
    /** A delete in an atomic batch removed the item. */
    DELETED,
    /** Nothing stood against this write, but another one of its atomic batch was refused. */
    NOT_APPLIED
  }

  /** Whether the item is stored. */
  public boolean isStored() {
    return status == Status.STORED;
  }

  /** The version that is stored now, if one is known to be. */
  public Optional<Version> version() {
    return Optional.ofNullable(current);
  }

  /**
   * The version under which this write stored the item.
   *
   * @throws IllegalStateException if the write was refused
   */
  public Version storedVersion() {
    if (status != Status.STORED || current == null) {
      throw new IllegalStateException("item '" + id + "' was not stored: " + status);
    }
    return current;
  }
}
