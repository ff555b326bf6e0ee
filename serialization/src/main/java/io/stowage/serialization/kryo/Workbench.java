package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import io.stowage.spi.NameTable;
import io.stowage.spi.SerializationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objenesis.strategy.StdInstantiatorStrategy;

/** A Kryo with its buffers, for one thread at a time. */
final class Workbench {

  private final ClassTags tags;
  private final Kryo kryo;
  private final CheckedInput input = new CheckedInput();
  private final CheckedOutput output = new CheckedOutput();

  Workbench(Map<String, Class<?>> renamed) {
    this.tags = new ClassTags(renamed);
    this.kryo = new Kryo(tags, null);
    kryo.setReferences(false);
    kryo.setOptimizedGenerics(false);
    kryo.setMaxDepth(ContainerSerializer.MAX_DEPTH + 2);
    kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
  }

  byte[] write(Form form, Object value, World world, @Nullable NameTable names) {
    tags.begin(world, names, View.ITEM);
    tags.in(form);
    try {
      output.writeByte(form.code());
      kryo.writeClassAndObject(output, value);
      return output.toBytes();
    } finally {
      output.release();
    }
  }

  /** The value after the form, which is all that there is. */
  @Nullable Object read(byte[] bytes, View view, World world, @Nullable NameTable names) {
    tags.begin(world, names, view);
    try {
      open(bytes);
      Object value = kryo.readClassAndObject(input);
      input.requireEnd();
      return value;
    } finally {
      input.release();
    }
  }

  /**
   * The item, if all its objects have the fields that their classes have now; else null. Then
   * something of it is passed over, or was never stored.
   */
  @Nullable Object readUnchanged(byte[] bytes, World world, @Nullable NameTable names) {
    Object item = read(bytes, View.ITEM, world, names);
    return tags.hasChangedShape() ? null : item;
  }

  /** The name of the item's class; null if it is one that has a number of the codec's own. */
  @Nullable String rootClass(byte[] bytes, World world, @Nullable NameTable names) {
    tags.begin(world, names, View.STRUCTURE);
    try {
      open(bytes);
      String name = tags.readName(input);
      return name == null ? null : NamedClasses.className(name);
    } finally {
      tags.reset();
      input.release();
    }
  }

  private void open(byte[] bytes) {
    input.open(bytes);
    if (input.limit() == 0) {
      throw new SerializationException("payload is empty", null);
    }
    tags.in(Form.of(bytes));
    input.readByte();
  }
}
