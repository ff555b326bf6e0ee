package io.stowage.testkit.support;

import io.stowage.api.NetworkSettings;
import java.time.Duration;

/**
 * Time-outs for tests that expect an answer: longer than a server stands still on a busy machine.
 */
public final class PatientNetwork {

  public static final NetworkSettings SETTINGS =
      NetworkSettings.defaults()
          .withConnectTimeout(Duration.ofSeconds(10))
          .withCommandTimeout(Duration.ofSeconds(20));

  private PatientNetwork() {}
}
