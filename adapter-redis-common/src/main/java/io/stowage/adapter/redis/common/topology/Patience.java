package io.stowage.adapter.redis.common.topology;

import io.stowage.api.Outcome;
import io.stowage.spi.AdapterException;
import java.util.function.Supplier;

/** Tries again what reads from single servers, while the topology changes. */
final class Patience {

  private Patience() {}

  /**
   * Reads, again and again while the failure is one that may pass, nothing was sent or the server
   * refused, and there is time.
   */
  static <T> T read(Topology topology, Deadline deadline, Supplier<T> read) {
    for (int tries = 0; ; tries++) {
      try {
        return read.get();
      } catch (AdapterException e) {
        topology.lookAgain();
        boolean again =
            topology.mayChange() && e.isTransient() && e.outcome() == Outcome.NOT_APPLIED;
        if (!again || !Pause.before(tries, deadline)) {
          throw e;
        }
      }
    }
  }
}
