package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import io.stowage.spi.SerializationException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object: the values of the fields that its tag names, in their order. */
final class ShapeSerializer extends ContainerSerializer<Object> {

  private final ClassTags tags;
  private final ClassShape shape;

  /** The fields as they were stored, in their order; null for those that the class lacks now. */
  private final @Nullable Slot[] stored;

  /** For each stored field, its place among the components of a record. */
  private final int[] places;

  private final boolean isCurrent;

  ShapeSerializer(ClassTags tags, ClassShape shape, List<String> storedFields) {
    this.tags = tags;
    this.shape = shape;
    this.stored = new Slot[storedFields.size()];
    this.places = new int[storedFields.size()];
    List<String> names = new ArrayList<>(shape.slots().keySet());
    for (int i = 0; i < stored.length; i++) {
      stored[i] = shape.slots().get(storedFields.get(i));
      places[i] = names.indexOf(storedFields.get(i));
    }
    this.isCurrent = names.equals(storedFields);
  }

  @Override
  void write(Kryo kryo, CheckedOutput output, Object value) {
    for (Slot slot : shape.slots().values()) {
      kryo.writeClassAndObject(output, slot.get(value));
    }
  }

  @Override
  Object read(Kryo kryo, CheckedInput input) {
    if (!isCurrent) {
      tags.noteChangedShape();
    }
    input.promise(stored.length);
    Constructor<?> canonical = shape.canonical();
    return canonical == null ? readObject(kryo, input) : readRecord(kryo, input, canonical);
  }

  private Object readObject(Kryo kryo, CheckedInput input) {
    Object item = kryo.newInstance(shape.type());
    for (Slot slot : stored) {
      if (slot == null) {
        tags.skipValue(input);
      } else {
        slot.set(item, readValue(kryo, input));
      }
    }
    return item;
  }

  private Object readRecord(Kryo kryo, CheckedInput input, Constructor<?> canonical) {
    @Nullable Object[] arguments = Primitives.defaults(canonical.getParameterTypes());
    for (int i = 0; i < stored.length; i++) {
      Slot slot = stored[i];
      if (slot == null) {
        tags.skipValue(input);
      } else {
        Object value = slot.converted(readValue(kryo, input));
        if (value != null) {
          arguments[places[i]] = value;
        }
      }
    }
    try {
      return canonical.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new SerializationException(
          "record " + shape.type().getName() + " refuses the stored values: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new SerializationException(
          "record " + shape.type().getName() + " cannot be made of " + Arrays.toString(stored), e);
    }
  }
}
