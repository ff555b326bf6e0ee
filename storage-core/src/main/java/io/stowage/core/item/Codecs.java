package io.stowage.core.item;

import io.stowage.api.Loss;
import io.stowage.spi.NameTable;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The codecs of a process: the one that writes, and those that read what names them. Immutable. */
public final class Codecs {

  private final SerializationPort writing;
  private final Map<String, SerializationPort> byName;

  private Codecs(SerializationPort writing, Map<String, SerializationPort> byName) {
    this.writing = writing;
    this.byName = byName;
  }

  /**
   * Codecs, of which one writes; it takes the place of the one of its name among the others.
   *
   * @param others what else can be read
   */
  public static Codecs of(SerializationPort writing, List<SerializationPort> others) {
    Map<String, SerializationPort> byName = new LinkedHashMap<>();
    others.forEach(codec -> byName.put(codec.name(), codec));
    byName.put(writing.name(), writing);
    return new Codecs(writing, byName);
  }

  /** The codec that writes. */
  public SerializationPort writing() {
    return writing;
  }

  /**
   * The codec that reads what names it.
   *
   * @throws SerializationException if there is none of that name
   */
  SerializationPort named(String name) {
    SerializationPort codec = byName.get(name);
    if (codec == null) {
      throw new SerializationException(
          "it was written with the codec '"
              + name
              + "', which is not on the class path; found are "
              + byName.keySet().stream().sorted().toList(),
          null);
    }
    return codec;
  }

  /** These codecs as one store uses them. */
  public Codecs inStore(NameTable names) {
    return each(codec -> codec.inStore(names));
  }

  /** These codecs for items of a type that accepts losses. */
  Codecs accepting(Set<Loss> losses) {
    return losses.isEmpty() ? this : each(codec -> codec.accepting(losses));
  }

  private Codecs each(UnaryOperator<SerializationPort> change) {
    Map<String, SerializationPort> changed =
        byName.values().stream()
            .map(change)
            .collect(Collectors.toMap(SerializationPort::name, Function.identity()));
    return new Codecs(named(changed, writing.name()), changed);
  }

  private static SerializationPort named(Map<String, SerializationPort> codecs, String name) {
    SerializationPort codec = codecs.get(name);
    if (codec == null) {
      throw new IllegalStateException("codec '" + name + "' changed its name in a store");
    }
    return codec;
  }
}
