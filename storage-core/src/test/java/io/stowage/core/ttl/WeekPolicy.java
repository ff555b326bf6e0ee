package io.stowage.core.ttl;

import io.stowage.spi.Expiry;
import io.stowage.spi.TtlPolicy;
import java.time.Duration;
import java.util.Optional;

/** A policy of an embedder's own. */
public final class WeekPolicy implements TtlPolicy {

  @Override
  public String name() {
    return "for-a-week";
  }

  @Override
  public Expiry onSave() {
    return Expiry.after(Duration.ofDays(7));
  }

  @Override
  public Optional<Duration> onRead() {
    return Optional.empty();
  }
}
