package io.stowage.system.crash;

import io.stowage.api.StoragePlatform;
import io.stowage.testkit.redis.PatientNetwork;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The servers that outlive their clients.
 *
 * @param scheme of their addresses
 * @param ports of all of them
 * @param steps a writer dies after each command, or after one of so many
 */
record Deployment(String scheme, List<Integer> ports, int steps) {

  static final String PREFIX = "crash:";

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Connects a client that is not going to die. */
  StoragePlatform open(String adapter) {
    String addresses =
        ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    return open(adapter, addresses, TIMEOUT);
  }

  /** Connects a client by other addresses. */
  StoragePlatform open(String adapter, String addresses, Duration timeout) {
    return StoragePlatform.builder()
        .uri(scheme + addresses)
        .adapter(adapter)
        .keyPrefix(PREFIX)
        .network(PatientNetwork.SETTINGS.withCommandTimeout(timeout))
        .open();
  }
}
