package io.stowage.adapter.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
final class TestClock implements InstantSource {

  static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  void advance(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  /** Moves to the last nanosecond before a millisecond, or to its first. */
  void set(Instant instant) {
    now.set(instant);
  }
}
