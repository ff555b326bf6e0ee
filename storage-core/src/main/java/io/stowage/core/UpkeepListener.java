package io.stowage.core;

import io.stowage.api.MaintenanceListener;
import io.stowage.api.StorageException;
import io.stowage.api.SweepReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of the application; what it throws is logged and passed over. */
final class UpkeepListener implements MaintenanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(UpkeepListener.class);

  private final MaintenanceListener listener;

  UpkeepListener(MaintenanceListener listener) {
    this.listener = listener;
  }

  @Override
  public void swept(String store, SweepReport report) {
    tell(() -> listener.swept(store, report));
  }

  @Override
  public void sweepFailed(String store, StorageException failure) {
    tell(() -> listener.sweepFailed(store, failure));
  }

  @Override
  public void repaired(String store, int entries) {
    tell(() -> listener.repaired(store, entries));
  }

  private void tell(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("{} failed to take note of upkeep", listener.getClass().getName(), e);
    }
  }
}
