package io.stowage.adapter.memory;

import io.stowage.spi.LeasePort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** The leases of one store in the heap. */
final class MemoryLeases implements LeasePort {

  private record Lease(String holder, long endsAtMillis) {}

  private final InstantSource clock;
  private final Lifetime lifetime;
  private final ConcurrentHashMap<String, Lease> leases = new ConcurrentHashMap<>();

  MemoryLeases(InstantSource clock, Lifetime lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
  }

  @Override
  public boolean acquire(String name, String holder, Duration duration) {
    lifetime.requireOpen();
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(
          "duration of lease '" + name + "' is " + duration + "; allowed is 1 ms or more");
    }
    Lease held =
        leases.compute(
            name,
            (key, before) -> {
              long now = clock.millis();
              boolean isFree =
                  before == null || before.endsAtMillis() <= now || before.holder().equals(holder);
              return isFree ? new Lease(holder, now + duration.toMillis()) : before;
            });
    return held.holder().equals(holder);
  }

  @Override
  public boolean release(String name, String holder) {
    lifetime.requireOpen();
    Lease held = leases.get(name);
    return held != null
        && held.holder().equals(holder)
        && leases.remove(name, held)
        && held.endsAtMillis() > clock.millis();
  }
}
