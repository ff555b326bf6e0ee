package io.stowage.system.kit.port;

import io.stowage.spi.LeasePort;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ways to keep leases wrongly. */
final class WrongLeases {

  private WrongLeases() {}

  static LeasePort lasting(LeasePort right) {
    return new LeasesOver(right) {
      @Override
      public boolean acquire(String name, String holder, Duration duration) {
        return right.acquire(name, holder, Duration.ofDays(1));
      }
    };
  }

  static LeasePort releasedByAnybody(LeasePort right) {
    Map<String, String> holders = new ConcurrentHashMap<>();
    return new LeasesOver(right) {
      @Override
      public boolean acquire(String name, String holder, Duration duration) {
        boolean has = right.acquire(name, holder, duration);
        if (has) {
          holders.put(name, holder);
        }
        return has;
      }

      @Override
      public boolean release(String name, String holder) {
        return right.release(name, holders.getOrDefault(name, holder));
      }
    };
  }

  static LeasePort sharing(LeasePort right) {
    return new LeasesOver(right) {
      @Override
      public boolean acquire(String name, String holder, Duration duration) {
        return right.acquire(name, "everybody", duration);
      }
    };
  }
}
