package io.stowage.core.protocol;

import io.stowage.spi.AdapterException;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import java.util.Collection;
import java.util.List;

/**
 * Removes records and retires their entries. A removal whose answer was lost is not sent again.
 * Safe for use by many threads.
 */
public final class RemoveProtocol {

  private final WritePath path;
  private final Retirement<?> retirement;
  private final int batchSize;

  public RemoveProtocol(WritePath path, Retirement<?> retirement, int batchSize) {
    this.path = path;
    this.retirement = retirement;
    this.batchSize = batchSize;
  }

  /**
   * Removes items. One round trip a batch, on one node.
   *
   * @return how many were stored, at the expected version where one is given
   */
  public long remove(Collection<Removal> removals) {
    List<Removal> all = List.copyOf(removals);
    long removed = 0;
    for (int from = 0; from < all.size(); from += batchSize) {
      List<Removal> batch = all.subList(from, Math.min(all.size(), from + batchSize));
      try {
        removed += removeBatch(batch);
      } catch (AdapterException e) {
        throw removed > 0 ? e.afterAnotherPart(removed) : e;
      }
    }
    return removed;
  }

  private long removeBatch(List<Removal> batch) {
    List<RemovalResult> results = path.ports().records().remove(batch);
    long removed = 0;
    for (int i = 0; i < batch.size(); i++) {
      RemovalResult result = results.get(i);
      if (result.removed() != null) {
        removed++;
        retirement.retire(batch.get(i).id(), Retirement.dead(result.removed(), result.payload()));
      }
    }
    return removed;
  }
}
