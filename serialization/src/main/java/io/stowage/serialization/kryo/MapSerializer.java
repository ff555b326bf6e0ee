package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import io.stowage.spi.SerializationException;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map: twice the number of its entries, and one more if all keys are texts; then keys and values
 * in turn, where such texts are written without their tag.
 */
final class MapSerializer extends ContainerSerializer<Map<?, ?>> {

  private final IntFunction<Map<@Nullable Object, @Nullable Object>> maker;
  private final UnaryOperator<Map<@Nullable Object, @Nullable Object>> finish;

  /**
   * @param maker makes an empty map for some entries
   * @param finish turns the full map into what is answered
   */
  MapSerializer(
      IntFunction<Map<@Nullable Object, @Nullable Object>> maker,
      UnaryOperator<Map<@Nullable Object, @Nullable Object>> finish) {
    this.maker = maker;
    this.finish = finish;
  }

  @Override
  void write(Kryo kryo, CheckedOutput output, Map<?, ?> value) {
    writeEntries(kryo, output, value);
  }

  @Override
  Map<@Nullable Object, @Nullable Object> read(Kryo kryo, CheckedInput input) {
    return finish.apply(readEntries(kryo, input, maker));
  }

  static void writeEntries(Kryo kryo, CheckedOutput output, Map<?, ?> value) {
    int count = value.size();
    boolean hasTexts = hasTextsOnly(value);
    output.writeVarInt((count << 1) | (hasTexts ? 1 : 0), true);
    int written = 0;
    for (Map.Entry<?, ?> entry : value.entrySet()) {
      if (hasTexts) {
        output.writeString((String) entry.getKey());
      } else {
        kryo.writeClassAndObject(output, entry.getKey());
      }
      kryo.writeClassAndObject(output, entry.getValue());
      written++;
    }
    requireSame(count, written);
  }

  private static boolean hasTextsOnly(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!(key instanceof String)) {
        return false;
      }
    }
    return true;
  }

  static Map<@Nullable Object, @Nullable Object> readEntries(
      Kryo kryo, CheckedInput input, IntFunction<Map<@Nullable Object, @Nullable Object>> maker) {
    int code = input.readVarInt(true);
    int count = input.promise(code >>> 1);
    boolean hasTexts = (code & 1) != 0;
    Map<@Nullable Object, @Nullable Object> map = maker.apply(presize(count));
    for (int i = 0; i < count; i++) {
      Object key = hasTexts ? input.readText() : readValue(kryo, input);
      Object value = readValue(kryo, input);
      int before = map.size();
      map.put(key, value);
      if (map.size() == before) {
        throw new SerializationException("payload has a map with the same key twice", null);
      }
    }
    return map;
  }
}
