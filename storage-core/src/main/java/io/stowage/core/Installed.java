package io.stowage.core;

import io.stowage.spi.AdapterProvider;
import io.stowage.spi.SerializationPort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** Chooses among the adapters and codecs on the class path. */
final class Installed {

  private Installed() {}

  /**
   * The adapter of that name or, without a name, the only one that serves the URI.
   *
   * @throws IllegalArgumentException if the URI has no scheme
   * @throws IllegalStateException if there is none, or a choice is needed
   */
  static AdapterProvider adapter(String uri, Optional<String> name) {
    List<AdapterProvider> found = load(AdapterProvider.class);
    List<String> names = found.stream().map(AdapterProvider::name).sorted().toList();
    String scheme = scheme(uri);
    List<AdapterProvider> serving =
        found.stream()
            .filter(adapter -> adapter.serves(scheme))
            .filter(adapter -> name.map(adapter.name()::equals).orElse(true))
            .toList();
    if (serving.size() == 1) {
      return serving.get(0);
    }
    String wanted = name.map(n -> "adapter '" + n + "' for ").orElse("an adapter for ");
    if (serving.isEmpty()) {
      throw new IllegalStateException(
          "URI scheme is '"
              + scheme
              + "': "
              + wanted
              + "it is not on the class path; found are "
              + names
              + "; add io.stowage:stowage-adapter-redis-lettuce or -adapter-redis-jedis for redis, or"
              + " -adapter-memory for memory");
    }
    throw new IllegalStateException(
        "several adapters on the class path serve '"
            + scheme
            + "': "
            + serving.stream().map(AdapterProvider::name).sorted().toList()
            + "; choose one with StoragePlatform.builder().adapter(name)");
  }

  private static String scheme(String uri) {
    int colon = uri.indexOf(':');
    boolean isScheme = colon > 0 && uri.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*");
    if (!isScheme) {
      throw new IllegalArgumentException(
          "URI is '"
              + uri.replaceAll(".*@", "***@")
              + "'; allowed is a scheme and a place, such as redis://localhost:6379 or memory:");
    }
    return uri.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  /**
   * The codec of that name.
   *
   * @throws IllegalStateException if it is not on the class path
   */
  static SerializationPort codec(String name) {
    List<SerializationPort> found = load(SerializationPort.class);
    return found.stream()
        .filter(codec -> codec.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "codec '"
                        + name
                        + "' is not on the class path; found are "
                        + found.stream().map(SerializationPort::name).sorted().toList()
                        + "; add io.stowage:stowage-serialization"));
  }

  private static <S> List<S> load(Class<S> service) {
    return ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get).toList();
  }
}
