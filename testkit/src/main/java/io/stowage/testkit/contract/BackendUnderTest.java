package io.stowage.testkit.contract;

import io.stowage.api.Durability;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What tests know of the backend that they run on, and how long they wait for it. */
public interface BackendUnderTest {

  /** A durability level that the backend reaches, if it has replicas. */
  Optional<Durability> reachableDurability();

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
