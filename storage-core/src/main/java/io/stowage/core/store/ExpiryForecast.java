package io.stowage.core.store;

import io.stowage.core.protocol.StagedWrite;
import io.stowage.spi.Expiry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts the index entries that this process writes for items that expire, and tells now and then
 * when another lot of them will be dead: once their items have expired and the grace period is
 * over. Items that are touched, written again or deleted make it tell too much. Safe for use by
 * many threads; a write costs one addition.
 */
public final class ExpiryForecast {

  /** How many entries make a lot. */
  static final int LOT = 50_000;

  private final InstantSource time;
  private final long graceMillis;
  private final Consumer<Duration> onLot;
  private final AtomicLong written = new AtomicLong();

  /**
   * A forecast.
   *
   * @param onLot is told after which time a lot of entries will be dead
   */
  public ExpiryForecast(InstantSource time, Duration grace, Consumer<Duration> onLot) {
    this.time = time;
    this.graceMillis = grace.toMillis();
    this.onLot = onLot;
  }

  /** Takes note of writes that were tried; those that stored nothing leave nothing. */
  void tried(List<StagedWrite> writes) {
    for (StagedWrite write : writes) {
      if (write.isStored()) {
        stored(write.expiry(), write.size());
      }
    }
  }

  private void stored(Expiry expiry, int entries) {
    long millis =
        switch (expiry.kind()) {
          case AFTER, EXTEND -> expiry.millis();
          case AT -> expiry.millis() - time.millis();
          case NEVER, KEEP -> -1;
        };
    if (millis < 0 || entries == 0) {
      return;
    }
    long before = written.getAndAdd(entries);
    if (before / LOT != (before + entries) / LOT) {
      onLot.accept(Duration.ofMillis(millis + graceMillis + 1));
    }
  }
}
