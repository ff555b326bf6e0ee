package io.stowage.cli.command;

import io.stowage.api.Credentials;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of a command that say who logs in to Sentinel servers. The password is no option,
 * since the system shows a command's options to everybody.
 */
final class SentinelOptions {

  private static final String PASSWORD = "STOWAGE_SENTINEL_PASSWORD";

  @Option(
      names = "--sentinel-user",
      paramLabel = "NAME",
      description =
          "The user at the Sentinel servers, if they have users of their own. The password is taken"
              + " from STOWAGE_SENTINEL_PASSWORD.")
  private @Nullable String user;

  SentinelOptions() {}

  /**
   * Who logs in to the Sentinel servers of a URI; nobody if it has none or no password is set.
   *
   * @throws CommandFailure if a user is given without a password, or for a URI without Sentinel
   *     servers
   */
  Optional<Credentials> credentials(String uri, Environment environment) {
    String password = environment.variables().getOrDefault(PASSWORD, "");
    boolean hasSentinels = uri.toLowerCase(Locale.ROOT).matches("(?s)rediss?-sentinel:.*");
    if (user != null && !hasSentinels) {
      throw CommandFailure.wrongUsage(
          "--sentinel-user needs a URI that begins with redis-sentinel:// or rediss-sentinel://");
    }
    if (user != null && password.isEmpty()) {
      throw CommandFailure.wrongUsage("--sentinel-user is given, but " + PASSWORD + " is not set");
    }
    return hasSentinels && !password.isEmpty()
        ? Optional.of(new Credentials(user, password))
        : Optional.empty();
  }
}
