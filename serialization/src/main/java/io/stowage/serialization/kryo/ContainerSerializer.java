package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.stowage.spi.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads a value that holds other values. It may be nested in others to a limit, so that
 * neither a graph with a cycle nor a forged payload exhausts the stack.
 */
abstract class ContainerSerializer<T> extends Serializer<T> {

  /** The levels of an item: as many as JSON may have. */
  static final int MAX_DEPTH = 501;

  /** So many elements at most get their space before any of them was read. */
  private static final int MAX_PRESIZE = 1024;

  @Override
  public final void write(Kryo kryo, Output output, T value) {
    if (kryo.getDepth() > MAX_DEPTH) {
      throw new SerializationException(
          "item is nested deeper than "
              + MAX_DEPTH
              + " levels at "
              + value.getClass().getName()
              + "; allowed are "
              + MAX_DEPTH
              + ", and no item may contain itself",
          null);
    }
    write(kryo, (CheckedOutput) output, value);
  }

  @Override
  public final T read(Kryo kryo, Input input, Class<? extends T> type) {
    if (kryo.getDepth() > MAX_DEPTH) {
      throw new SerializationException(
          "payload is nested deeper than " + MAX_DEPTH + " levels; allowed are " + MAX_DEPTH, null);
    }
    return read(kryo, (CheckedInput) input);
  }

  abstract void write(Kryo kryo, CheckedOutput output, T value);

  abstract T read(Kryo kryo, CheckedInput input);

  static @Nullable Object readValue(Kryo kryo, Input input) {
    return kryo.readClassAndObject(input);
  }

  static int presize(int count) {
    return Math.min(count, MAX_PRESIZE);
  }

  /** Containers may be changed by others while they are written; then the bytes would lie. */
  static void requireSame(int promised, int written) {
    if (promised != written) {
      throw new SerializationException(
          "a container of "
              + promised
              + " elements had "
              + written
              + " when it was written; nobody may change an item while it is saved",
          null);
    }
  }
}
