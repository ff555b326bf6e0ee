package io.stowage.spi;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Removal}.
 *
 * @param removed the version of the record that was removed; null if none was
 * @param payload its payload, if it is at most {@link CommitResult#MAX_PAYLOAD} bytes long; else
 *     null
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
public record RemovalResult(@Nullable Version removed, byte @Nullable [] payload) {

  /** Nothing was removed. */
  public static final RemovalResult NOTHING = new RemovalResult(null, null);
}
