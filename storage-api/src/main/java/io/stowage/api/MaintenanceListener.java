package io.stowage.api;

/**
 * Is told of the upkeep that runs by itself, for metrics. Methods are called on a background thread
 * and must not block; what they throw is logged and passed over.
 */
public interface MaintenanceListener {

  /** A listener that does nothing. */
  MaintenanceListener NONE = new MaintenanceListener() {};

  /** A run of the sweeper has ended. */
  default void swept(String store, SweepReport report) {}

  /** A run of the sweeper failed; the next one comes at its time. */
  default void sweepFailed(String store, StorageException failure) {}

  /**
   * Queries met dead entries and removed them.
   *
   * @param entries how many were removed
   */
  default void repaired(String store, int entries) {}
}
