package io.stowage.testkit.port;

import io.stowage.api.Durability;
import io.stowage.spi.StorageAdapter;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What the tests of every topic start from. */
interface Clauses {

  /** A store of its own for one test, in the adapter that the tests share. */
  Bench bench();

  /** A durability level that the backend reaches, if it has replicas. */
  Optional<Durability> reachableDurability();

  /** An adapter of its own for one test, which closes it. */
  StorageAdapter another();

  /**
   * How long tests wait for what must come about. A test that passes does not wait for it to be
   * over, so it is far above what any pause of a busy machine takes.
   */
  default Duration patience() {
    return Duration.ofSeconds(60);
  }

  /** Waits for what must come about. */
  default ConditionFactory eventually() {
    return Awaitility.await()
        .atMost(patience())
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10));
  }
}
