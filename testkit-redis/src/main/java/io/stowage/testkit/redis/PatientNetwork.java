package io.stowage.testkit.redis;

import io.stowage.api.NetworkSettings;
import java.time.Duration;

/**
 * Time-outs for tests that expect an answer: longer than a server stands still on a busy machine.
 */
public final class PatientNetwork {

  /** Ten seconds to connect, twenty for a command. */
  public static final NetworkSettings SETTINGS =
      NetworkSettings.defaults()
          .withConnectTimeout(Duration.ofSeconds(10))
          .withCommandTimeout(Duration.ofSeconds(20));

  private PatientNetwork() {}
}
