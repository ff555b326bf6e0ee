package io.stowage.spi;

import java.time.Duration;

/**
 * Leases of one store: at most one holder has the lease of a name at a time, by the backend's
 * clock. A lease ends by itself, so that it survives the crash of its holder only as long as it was
 * taken for. It is no lock: a holder that is suspended may go on after its lease has ended.
 */
public interface LeasePort {

  /**
   * Takes a lease if it is free, or extends it if this holder has it.
   *
   * @param name a name of letters, digits and {@code -}
   * @param holder a text that no other holder uses
   * @param duration how long it lasts from now; 1 ms or more
   * @return whether this holder has the lease now
   * @throws AdapterException also if the backend has no memory left for it, which it then says
   */
  boolean acquire(String name, String holder, Duration duration);

  /**
   * Gives a lease back, if this holder has it.
   *
   * @return whether it had it
   */
  boolean release(String name, String holder);
}
