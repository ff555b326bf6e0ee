package io.stowage.cli.command;

import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that say where the data is, and how it is reached. */
public final class BackendOptions {

  private static final String MEMORY = "memory";
  private static final String DEFAULT_REDIS_ADAPTER = "redis-lettuce";

  @Option(
      names = "--uri",
      paramLabel = "URI",
      description =
          "Where the data is: redis://[user:password@]host[:port][/database], or memory:. By"
              + " default STOWAGE_URI, or else a Redis of its own that keeps its data in .stowage/.")
  private @Nullable String uri;

  @Option(
      names = "--adapter",
      converter = AdapterName.Converter.class,
      paramLabel = "NAME",
      description = "redis-lettuce (default), redis-jedis, or memory.")
  private @Nullable AdapterName adapter;

  public BackendOptions() {}

  /** The URI, if one is given; empty means a Redis of the command's own. */
  Optional<String> uri(Environment environment) {
    if (uri != null) {
      return Optional.of(uri);
    }
    String variable = environment.variables().getOrDefault("STOWAGE_URI", "");
    if (!variable.isBlank()) {
      return Optional.of(variable);
    }
    return adapter == AdapterName.MEMORY ? Optional.of("memory:") : Optional.empty();
  }

  /**
   * The adapter for a URI.
   *
   * @throws CommandFailure if the option names an adapter that does not serve the URI
   */
  String adapterFor(String chosenUri) {
    boolean inMemory = chosenUri.toLowerCase(Locale.ROOT).startsWith(MEMORY + ":");
    if (adapter == null) {
      return inMemory ? MEMORY : DEFAULT_REDIS_ADAPTER;
    }
    if (inMemory != (adapter == AdapterName.MEMORY)) {
      throw CommandFailure.wrongUsage(
          "the adapter " + adapter + " does not serve the URI '" + chosenUri + "'");
    }
    return adapter.toString();
  }
}
