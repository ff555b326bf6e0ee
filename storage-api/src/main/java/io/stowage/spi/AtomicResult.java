package io.stowage.spi;

import java.util.List;

/**
 * The answer to an atomic batch.
 *
 * @param isApplied whether all writes were applied; if not, none was
 * @param results one for each write. {@code APPLIED} means that nothing stood against this write,
 *     whether or not the batch was applied; a removal is {@code APPLIED} or {@code
 *     PRECONDITION_FAILED}, and its {@code stored} is the version that was removed or that stood in
 *     the way, null if no record was there. Payloads are answered only if the batch was applied.
 */
public record AtomicResult(boolean isApplied, List<CommitResult> results) {

  public AtomicResult {
    results = List.copyOf(results);
  }
}
