package io.stowage.system.soak;

import io.stowage.api.Ttl;
import java.time.Duration;

/** By what the items of a group die. */
enum Mortality {
  /** Each brings its own end. */
  OWN_END(Ttl.none()),
  SOON(Ttl.absolute(Duration.ofMillis(200))),
  LATER(Ttl.absolute(Duration.ofMillis(900))),
  /** They live on while they are read. */
  UNREAD(Ttl.sliding(Duration.ofMillis(500)));

  @SuppressWarnings("ImmutableEnumChecker") // it is immutable, which its module does not declare
  private final Ttl ttl;

  Mortality(Ttl ttl) {
    this.ttl = ttl;
  }

  Ttl ttl() {
    return ttl;
  }

  long micros() {
    return ttl.duration().orElseThrow().toNanos() / 1_000;
  }
}
