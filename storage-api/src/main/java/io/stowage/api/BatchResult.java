package io.stowage.api;

import java.util.List;

/**
 * The answer to an {@link AtomicBatch}.
 *
 * @param isApplied whether everything in the batch was applied; if not, nothing was
 * @param results one for each write and delete, in their order. In a batch that was not applied
 *     they say what stood in the way, or {@code NOT_APPLIED} where nothing did
 */
public record BatchResult(boolean isApplied, List<WriteResult> results) {

  public BatchResult {
    results = List.copyOf(results);
  }
}
