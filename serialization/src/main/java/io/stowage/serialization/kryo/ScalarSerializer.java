package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Writes and reads a value that holds no other items. */
final class ScalarSerializer<T> extends Serializer<T> {

  private final BiConsumer<CheckedOutput, T> writer;
  private final Function<CheckedInput, T> reader;

  ScalarSerializer(BiConsumer<CheckedOutput, T> writer, Function<CheckedInput, T> reader) {
    super(false, true);
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public void write(Kryo kryo, Output output, T value) {
    writer.accept((CheckedOutput) output, value);
  }

  @Override
  public T read(Kryo kryo, Input input, Class<? extends T> type) {
    return reader.apply((CheckedInput) input);
  }
}
