package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import io.stowage.spi.SerializationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Enum sets and maps: the tag of their enum, the number of elements, then names and values. */
@SuppressWarnings({"unchecked", "rawtypes"}) // enums are met by their Class object only
final class EnumCollections {

  private EnumCollections() {}

  static final class OfSet extends ContainerSerializer<EnumSet> {

    @Override
    void write(Kryo kryo, CheckedOutput output, EnumSet value) {
      Collection<Enum<?>> constants = value.isEmpty() ? EnumSet.complementOf(value) : value;
      if (constants.isEmpty()) {
        throw new SerializationException("a set of an enum without constants has no type", null);
      }
      kryo.writeClass(output, constants.iterator().next().getDeclaringClass());
      int count = value.size();
      output.writeVarInt(count, true);
      int written = 0;
      for (Object constant : value) {
        output.writeString(((Enum<?>) constant).name());
        written++;
      }
      requireSame(count, written);
    }

    @Override
    EnumSet read(Kryo kryo, CheckedInput input) {
      Registration type = readEnum(kryo, input);
      EnumSet set = EnumSet.noneOf(type.getType());
      for (int i = input.readCount(); i > 0; i--) {
        set.add(((EnumSerializer) type.getSerializer()).named(input.readText()));
      }
      return set;
    }
  }

  static final class OfMap extends ContainerSerializer<EnumMap> {

    private final ClassTags tags;

    OfMap(ClassTags tags) {
      this.tags = tags;
    }

    @Override
    void write(Kryo kryo, CheckedOutput output, EnumMap value) {
      kryo.writeClass(output, keyType(value));
      int count = value.size();
      output.writeVarInt(count, true);
      int written = 0;
      for (Object element : value.entrySet()) {
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) element;
        output.writeString(((Enum<?>) entry.getKey()).name());
        kryo.writeClassAndObject(output, entry.getValue());
        written++;
      }
      requireSame(count, written);
    }

    private Class<?> keyType(EnumMap value) {
      if (!value.isEmpty()) {
        return ((Enum<?>) value.keySet().iterator().next()).getDeclaringClass();
      }
      return tags.permittedEnums().stream()
          .filter(type -> isKeyType(value, type))
          .findFirst()
          .orElseThrow(
              () ->
                  new SerializationException(
                      "an empty EnumMap has keys of an enum that is not allowed", null));
    }

    /** An empty map tells its type only by the keys that it refuses. */
    private static boolean isKeyType(EnumMap empty, Class<?> type) {
      Object[] constants = type.getEnumConstants();
      if (constants == null || constants.length == 0) {
        return false;
      }
      try {
        new EnumMap(empty).put((Enum) constants[0], "");
        return true;
      } catch (ClassCastException e) {
        return false;
      }
    }

    @Override
    EnumMap read(Kryo kryo, CheckedInput input) {
      Registration type = readEnum(kryo, input);
      EnumMap map = new EnumMap(type.getType());
      for (int i = input.readCount(); i > 0; i--) {
        Enum<?> key = ((EnumSerializer) type.getSerializer()).named(input.readText());
        map.put(key, readValue(kryo, input));
      }
      return map;
    }
  }

  private static Registration readEnum(Kryo kryo, CheckedInput input) {
    Registration type = kryo.readClass(input);
    if (type == null || !(type.getSerializer() instanceof EnumSerializer)) {
      throw new SerializationException("payload has an enum set or map of no enum", null);
    }
    return type;
  }

  /** The names in a set whose enum need not be known. */
  static final class StructureOfSet extends ContainerSerializer<List<String>> {

    @Override
    void write(Kryo kryo, CheckedOutput output, List<String> value) {
      kryo.writeClass(output, null);
      output.writeVarInt(value.size(), true);
      value.forEach(output::writeString);
    }

    @Override
    List<String> read(Kryo kryo, CheckedInput input) {
      kryo.readClass(input);
      List<String> names = new ArrayList<>();
      for (int i = input.readCount(); i > 0; i--) {
        names.add(input.readText());
      }
      return names;
    }
  }

  /** The names and values in a map whose enum need not be known. */
  static final class StructureOfMap extends ContainerSerializer<Map<String, @Nullable Object>> {

    @Override
    void write(Kryo kryo, CheckedOutput output, Map<String, @Nullable Object> value) {
      kryo.writeClass(output, null);
      output.writeVarInt(value.size(), true);
      for (Map.Entry<String, @Nullable Object> entry : value.entrySet()) {
        output.writeString(entry.getKey());
        kryo.writeClassAndObject(output, entry.getValue());
      }
    }

    @Override
    Map<String, @Nullable Object> read(Kryo kryo, CheckedInput input) {
      kryo.readClass(input);
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = input.readCount(); i > 0; i--) {
        map.put(input.readText(), readValue(kryo, input));
      }
      return map;
    }
  }
}
