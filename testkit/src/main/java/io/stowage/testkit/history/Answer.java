package io.stowage.testkit.history;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/** What became of a {@link Call}. A version that was not told is null. */
public sealed interface Answer {

  /** The value was stored. */
  record Stored(@Nullable Version version) implements Answer {}

  /** An insert found a value. */
  record AlreadyExists(@Nullable Version current) implements Answer {}

  /** A replace found another version than the expected one. */
  record VersionConflict(@Nullable Version current) implements Answer {}

  /** There was nothing to replace, update, delete or load. */
  record Absent() implements Answer {}

  /** A delete removed the value. */
  record Removed() implements Answer {}

  /** A load found this. */
  record Found(String value, @Nullable Version version) implements Answer {}

  /** The value's own expiry was past: the write had no effect. */
  record AlreadyExpired() implements Answer {}

  /** The operation failed and had no effect, nor will it have one. */
  record NotApplied() implements Answer {}

  /** The operation failed; it may take effect once, at any moment since it began, or never. */
  record Unknown() implements Answer {}
}
