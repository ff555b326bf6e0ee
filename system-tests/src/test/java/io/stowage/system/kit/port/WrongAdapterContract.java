package io.stowage.system.kit.port;

import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.port.AdapterContract;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on the wrong adapter that a configuration parameter names; no test by itself. */
class WrongAdapterContract extends AdapterContract {

  static final String WHICH = "stowage.wrong-adapter";

  private @Nullable WrongAdapter wrong;

  @RegisterExtension
  final BeforeAllCallback choice =
      context ->
          wrong = WrongAdapter.valueOf(context.getConfigurationParameter(WHICH).orElseThrow());

  @Override
  protected StorageAdapter openAdapter() {
    return wrong.over(Adapters.memory());
  }

  /** What a wrong adapter does not do, it never does. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(3);
  }
}
