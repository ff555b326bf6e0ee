package io.stowage.cli.upkeep;

import io.stowage.api.StoreOptions;
import io.stowage.cli.command.DurationConverter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that tells a command the grace period of a store. */
final class GraceOption {

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "The grace period with which programs open the store; 60s by default. A shorter one than"
              + " theirs can remove index entries of writes that are under way.")
  private @Nullable Duration grace;

  GraceOption() {}

  /**
   * Checks the option before anything is connected.
   *
   * @throws IllegalArgumentException if it is out of bounds
   */
  void check() {
    applyTo(StoreOptions.builder());
  }

  /**
   * The options with this grace period.
   *
   * @throws IllegalArgumentException if it is out of bounds
   */
  StoreOptions.Builder applyTo(StoreOptions.Builder options) {
    return grace == null ? options : options.gracePeriod(grace);
  }
}
