package io.stowage.core.protocol;

import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexPort;
import io.stowage.spi.StorePorts;

/**
 * Where the writes of a store go.
 *
 * @param ports the ports through which items are written and removed
 * @param indexes where dead entries are removed; no replica is waited for there
 * @param isConfirmed whether a write counts as done only once replicas have confirmed it
 * @param preparation runs before items are sent; throws an {@link AdapterException} if nothing may
 *     be sent
 */
public record WritePath(
    StorePorts ports, IndexPort indexes, boolean isConfirmed, Runnable preparation) {

  /**
   * The path of writes with a durability; nothing is sent.
   *
   * @throws AdapterException if replicas shall confirm writes and the backend has none that do
   */
  public static WritePath of(StorePorts masters, Durability durability) {
    if (!durability.isConfirmed()) {
      return new WritePath(masters, masters.indexes(), false, () -> {});
    }
    StorePorts confirmed =
        masters
            .confirmed(durability)
            .orElseThrow(
                () ->
                    AdapterException.refused(
                        "durability is "
                            + durability
                            + ", but this adapter has no replicas that confirm writes; allowed is"
                            + " Durability.master()",
                        null));
    return new WritePath(confirmed, masters.indexes(), true, () -> {});
  }

  /** The same path with another preparation. */
  public WritePath preparedBy(Runnable other) {
    return new WritePath(ports, indexes, isConfirmed, other);
  }
}
