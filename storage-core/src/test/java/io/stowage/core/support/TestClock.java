package io.stowage.core.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class TestClock implements InstantSource {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves the clock; backwards if the duration is negative. */
  public void move(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  /** A clock that stays ahead of this one, or behind it if the duration is negative. */
  public InstantSource ahead(Duration duration) {
    return () -> instant().plus(duration);
  }

  public long micros() {
    return micros(now.get());
  }

  public static long micros(Instant moment) {
    return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
  }
}
