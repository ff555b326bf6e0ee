package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.stowage.spi.SerializationException;
import java.util.HashMap;
import java.util.Map;

/** A constant of one enum: its name, so that constants may be added and moved. */
final class EnumSerializer extends Serializer<Enum<?>> {

  private final Class<?> type;
  private final Map<String, Enum<?>> constants = new HashMap<>();

  EnumSerializer(Class<?> type) {
    super(false, true);
    this.type = type;
  }

  @Override
  public void write(Kryo kryo, Output output, Enum<?> value) {
    output.writeString(value.name());
  }

  @Override
  public Enum<?> read(Kryo kryo, Input input, Class<? extends Enum<?>> wanted) {
    return named(((CheckedInput) input).readText());
  }

  /** The constant of this name. */
  Enum<?> named(String name) {
    if (constants.isEmpty()) {
      for (Object constant : type.getEnumConstants()) {
        Enum<?> known = (Enum<?>) constant;
        constants.put(known.name(), known);
      }
    }
    Enum<?> constant = constants.get(name);
    if (constant == null) {
      throw new SerializationException(
          "enum " + type.getName() + " has no constant '" + name + "'", null);
    }
    return constant;
  }
}
