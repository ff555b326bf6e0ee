package io.stowage.cli.command;

import io.stowage.api.NetworkSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that say how long it waits for servers. */
final class TimeoutOptions {

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to wait for a connection, such as 500ms; 2s by default.")
  private @Nullable Duration connect;

  @Option(
      names = "--command-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to wait for the answers to one round trip; 2s by default.")
  private @Nullable Duration command;

  TimeoutOptions() {}

  /**
   * The settings that the options mean.
   *
   * @throws IllegalArgumentException if a time is out of bounds
   */
  NetworkSettings settings() {
    NetworkSettings settings = NetworkSettings.defaults();
    if (connect != null) {
      settings = settings.withConnectTimeout(connect);
    }
    return command == null ? settings : settings.withCommandTimeout(command);
  }
}
