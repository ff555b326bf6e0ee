package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import java.util.Collection;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A collection: the number of its elements, then these. */
final class CollectionSerializer extends ContainerSerializer<Collection<?>> {

  private final IntFunction<Collection<@Nullable Object>> maker;
  private final UnaryOperator<Collection<@Nullable Object>> finish;

  /**
   * @param maker makes an empty collection for some elements
   * @param finish turns the full collection into what is answered
   */
  CollectionSerializer(
      IntFunction<Collection<@Nullable Object>> maker,
      UnaryOperator<Collection<@Nullable Object>> finish) {
    this.maker = maker;
    this.finish = finish;
  }

  @Override
  void write(Kryo kryo, CheckedOutput output, Collection<?> value) {
    writeElements(kryo, output, value);
  }

  @Override
  Collection<@Nullable Object> read(Kryo kryo, CheckedInput input) {
    return finish.apply(readElements(kryo, input, maker));
  }

  static void writeElements(Kryo kryo, CheckedOutput output, Collection<?> value) {
    int count = value.size();
    output.writeVarInt(count, true);
    int written = 0;
    for (Object element : value) {
      kryo.writeClassAndObject(output, element);
      written++;
    }
    requireSame(count, written);
  }

  static Collection<@Nullable Object> readElements(
      Kryo kryo, CheckedInput input, IntFunction<Collection<@Nullable Object>> maker) {
    int count = input.readCount();
    Collection<@Nullable Object> collection = maker.apply(presize(count));
    for (int i = 0; i < count; i++) {
      collection.add(readValue(kryo, input));
    }
    return collection;
  }
}
