package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import java.util.Optional;

/** An optional: its value, or null. */
final class OptionalSerializer extends ContainerSerializer<Optional<?>> {

  @Override
  void write(Kryo kryo, CheckedOutput output, Optional<?> value) {
    kryo.writeClassAndObject(output, value.orElse(null));
  }

  @Override
  Optional<?> read(Kryo kryo, CheckedInput input) {
    return Optional.ofNullable(readValue(kryo, input));
  }
}
