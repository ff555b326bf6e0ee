package io.stowage.cli.command;

import io.stowage.api.KeyProvider;
import io.stowage.api.StoragePlatform;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that say where the data is, and how it is reached. */
public final class BackendOptions {

  private static final String MEMORY = "memory";
  private static final String DEFAULT_REDIS_ADAPTER = "redis-lettuce";

  @Option(
      names = "--uri",
      paramLabel = "URI",
      description =
          "Where the data is: redis://[user:password@]host[:port][/database],"
              + " redis-sentinel://[user:password@]host[:port],host[:port].../master[/database],"
              + " redis-cluster://[user:password@]host[:port],host[:port]..., each with rediss for"
              + " redis to encrypt, or memory:. By default STOWAGE_URI, or else a Redis of its own"
              + " that keeps its data in .stowage/.")
  private @Nullable String uri;

  @Option(
      names = "--adapter",
      converter = AdapterName.Converter.class,
      paramLabel = "NAME",
      description = "redis-lettuce (default), redis-jedis, or memory.")
  private @Nullable AdapterName adapter;

  @Mixin private final TlsOptions tls = new TlsOptions();
  @Mixin private final SentinelOptions sentinel = new SentinelOptions();
  @Mixin private final TimeoutOptions timeouts = new TimeoutOptions();
  @Mixin private final KeyOptions keys = new KeyOptions();

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
   * The settings of a platform at a URI.
   *
   * @throws CommandFailure if options contradict each other or the URI, or name a file that cannot
   *     be read
   * @throws IllegalArgumentException if a value is out of bounds
   */
  StoragePlatform.Builder platform(String chosenUri, Environment environment) {
    StoragePlatform.Builder builder =
        StoragePlatform.builder()
            .uri(chosenUri)
            .adapter(adapterFor(chosenUri))
            .network(timeouts.settings())
            .tls(tls.settings(chosenUri, environment));
    sentinel.credentials(chosenUri, environment).ifPresent(builder::sentinelCredentials);
    return builder;
  }

  /**
   * The keys with which items are encrypted; empty if none are given.
   *
   * @throws CommandFailure if their file cannot be read
   */
  Optional<KeyProvider> keys(Environment environment) {
    return keys.keys(environment);
  }

  private String adapterFor(String chosenUri) {
    boolean inMemory = chosenUri.toLowerCase(Locale.ROOT).startsWith(MEMORY + ":");
    if (adapter == null) {
      return inMemory ? MEMORY : DEFAULT_REDIS_ADAPTER;
    }
    if (inMemory != (adapter == AdapterName.MEMORY)) {
      throw CommandFailure.wrongUsage(
          "the adapter "
              + adapter
              + (inMemory ? " does not serve memory:" : " serves nothing but memory:"));
    }
    return adapter.toString();
  }
}
