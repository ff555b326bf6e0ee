package io.stowage.api;

import java.time.Duration;

/**
 * What came of encrypting a store under its primary key.
 *
 * @param keyId the primary key's id
 * @param records how many records this run looked at
 * @param rotated how many of these were encrypted anew
 * @param unreadable how many could not be decrypted, and were left as they are
 * @param wasResumed whether this run went on where another one was interrupted
 * @param elapsed how long it took
 */
public record RotationReport(
    long keyId, long records, long rotated, long unreadable, boolean wasResumed, Duration elapsed) {

  /** Whether no record is left that needs another key than the primary one. */
  public boolean isComplete() {
    return unreadable == 0;
  }
}
