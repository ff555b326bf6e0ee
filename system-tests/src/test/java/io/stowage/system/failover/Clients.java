package io.stowage.system.failover;

import static org.awaitility.Awaitility.await;

import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.testkit.redis.PatientNetwork;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Platforms with a key prefix of their own: impatient ones, which are at work, and patient ones.
 */
record Clients(String uri, String adapter, String keyPrefix) {

  /** How long an impatient one waits for an answer. */
  static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

  /** How long tests wait for what must come about. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** One that soon gives up, as an application does whose users wait. */
  StoragePlatform impatient() {
    return patiently(() -> builder().commandTimeout(COMMAND_TIMEOUT).open());
  }

  /** One for what no pause of the machine may make fail. */
  StoragePlatform patient() {
    return builder().network(PatientNetwork.SETTINGS).open();
  }

  private StoragePlatform.Builder builder() {
    return StoragePlatform.builder().uri(uri).adapter(adapter).keyPrefix(keyPrefix);
  }

  /** Does something until it no longer fails for lack of time. */
  static <R> R patiently(Callable<R> call) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(e -> e instanceof StorageException s && s.isTransient())
        .until(call, answer -> true);
  }
}
