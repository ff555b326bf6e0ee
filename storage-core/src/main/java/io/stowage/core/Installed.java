package io.stowage.core;

import io.stowage.api.Codec;
import io.stowage.core.item.Codecs;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.EnvelopeProvider;
import io.stowage.spi.SerializationPort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** Chooses among the adapters, codecs and envelopes on the class path. */
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
   * The codecs, of which the one of that name writes.
   *
   * @throws IllegalStateException if it is not on the class path
   */
  static Codecs codecs(String name) {
    List<SerializationPort> found = load(SerializationPort.class);
    SerializationPort writing =
        found.stream()
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
    return Codecs.of(writing, found);
  }

  /**
   * The codecs, of which a given one writes.
   *
   * @throws IllegalArgumentException if it is none that this engine can use
   */
  static Codecs codecs(Codec own) {
    if (!(own instanceof SerializationPort writing)) {
      throw new IllegalArgumentException(
          "codec '"
              + own.name()
              + "' is of "
              + own.getClass().getName()
              + "; allowed are implementations of "
              + SerializationPort.class.getName());
    }
    return Codecs.of(writing, load(SerializationPort.class));
  }

  /**
   * The form in which values are stored.
   *
   * @throws IllegalStateException if there is none on the class path, or several
   */
  static EnvelopeProvider envelopes() {
    List<EnvelopeProvider> found = load(EnvelopeProvider.class);
    if (found.size() != 1) {
      throw new IllegalStateException(
          "envelopes on the class path are "
              + found.stream().map(provider -> provider.getClass().getName()).toList()
              + "; allowed is one, such as that of io.stowage:stowage-serialization");
    }
    return found.get(0);
  }

  private static <S> List<S> load(Class<S> service) {
    return ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get).toList();
  }
}
