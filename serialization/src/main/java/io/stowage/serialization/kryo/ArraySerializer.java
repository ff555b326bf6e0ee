package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** An array of objects: the number of its elements, then these. */
final class ArraySerializer extends ContainerSerializer<@Nullable Object[]> {

  private final Class<?> component;

  ArraySerializer(Class<?> component) {
    this.component = component;
  }

  @Override
  void write(Kryo kryo, CheckedOutput output, @Nullable Object[] value) {
    output.writeVarInt(value.length, true);
    for (Object element : value) {
      kryo.writeClassAndObject(output, element);
    }
  }

  @Override
  @Nullable Object[] read(Kryo kryo, CheckedInput input) {
    int count = input.readCount();
    @Nullable Object[] array = (@Nullable Object[]) Array.newInstance(component, count);
    for (int i = 0; i < count; i++) {
      array[i] = readValue(kryo, input);
    }
    return array;
  }
}
