package io.stowage.cli.command;

import io.stowage.api.PlatformSettings;
import io.stowage.api.ServerReport;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.ServerPort;
import io.stowage.spi.StorageAdapter;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The servers of a backend, looked at through the adapter alone: a platform is not opened on
 * servers that are not fit for a store, so it could not tell what they lack.
 *
 * @param adapter the adapter's name
 * @param report what the servers are; empty if the adapter has none
 */
public record Servers(String adapter, Optional<ServerReport> report) {

  /**
   * Looks at the servers that the options mean, and starts them if they are local ones.
   *
   * @throws CommandFailure if the options make no sense, or the servers cannot be reached or refuse
   *     to tell
   */
  public static Servers inspect(BackendOptions options, Environment environment) {
    Optional<String> uri = options.uri(environment);
    if (uri.isPresent()) {
      return inspect(options.platform(uri.get(), environment).settings());
    }
    try (LocalRedis local = LocalRedis.start(environment)) {
      return inspect(options.platform(local.uri(), environment).settings());
    }
  }

  private static Servers inspect(PlatformSettings settings) {
    AdapterProvider provider = provider(settings);
    ConnectionSettings connection =
        new ConnectionSettings(
            settings.uri(),
            settings.keyPrefix(),
            settings.clientName(),
            settings.network(),
            settings.tls(),
            settings.sentinelCredentials());
    try (StorageAdapter adapter = provider.connect(connection)) {
      return new Servers(adapter.name(), adapter.servers().map(ServerPort::inspect));
    } catch (AdapterException e) {
      throw CommandFailure.failed(ErrorLine.of(e), e);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongUsage(ErrorLine.of(e), e);
    }
  }

  private static AdapterProvider provider(PlatformSettings settings) {
    String scheme = settings.uri().split(":", 2)[0].toLowerCase(Locale.ROOT);
    String name = settings.adapter().orElse("");
    return ServiceLoader.load(AdapterProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name) && provider.serves(scheme))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.wrongUsage(
                    "the adapter " + name + " does not serve URIs that begin with " + scheme));
  }
}
