package io.stowage.api;

import java.time.Duration;
import java.util.List;

/**
 * What a reindex did.
 *
 * @param added the indexes that the store has now and did not have before
 * @param dropped the indexes that it had before
 * @param records how many records were looked at by this run
 * @param entries how many index entries were added by this run
 * @param undecodable how many of the records could not be decoded; if there are any, the new
 *     indexes stay {@linkplain StoreDefinition#building building}; see {@link
 *     DoctorReport.Kind#UNDECODABLE}
 * @param isResumed whether it went on where an earlier one had stopped
 * @param elapsed how long it took
 */
public record ReindexReport(
    List<StoreDefinition.IndexDefinition> added,
    List<StoreDefinition.IndexDefinition> dropped,
    long records,
    long entries,
    long undecodable,
    boolean isResumed,
    Duration elapsed) {

  /** Whether the store has the indexes that were wanted, and queries may read them. */
  public boolean isComplete() {
    return undecodable == 0;
  }
}
