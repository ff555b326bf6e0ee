package io.stowage.system.kit.port;

import io.stowage.spi.LeasePort;
import java.time.Duration;

/** Leases that are kept by another port; what is overridden differs. */
class LeasesOver implements LeasePort {

  final LeasePort right;

  LeasesOver(LeasePort right) {
    this.right = right;
  }

  @Override
  public boolean acquire(String name, String holder, Duration duration) {
    return right.acquire(name, holder, duration);
  }

  @Override
  public boolean release(String name, String holder) {
    return right.release(name, holder);
  }
}
