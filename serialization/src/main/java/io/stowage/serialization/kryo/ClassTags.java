package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.ClassResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.stowage.spi.NameTable;
import io.stowage.spi.SerializationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tag before each value: 0 for null, the codec's own number of a JDK class, or a name. A name
 * is a number of the store's table, or without one a text, to which later tags of the item refer;
 * in an older form each is a number of the table. Belongs to one Kryo; reads or writes one item at
 * a time.
 */
final class ClassTags implements ClassResolver {

  private static final int NULL = 0;
  private static final int NAME = 1;

  private final FixedTags fixed;
  private final NamedClasses named;
  private final List<String> namesRead = new ArrayList<>();
  private final Map<String, Integer> namesWritten = new HashMap<>();
  private @Nullable Kryo kryo;
  private @Nullable World world;
  private @Nullable NameTable table;
  private View view = View.ITEM;
  private Form form = Form.ITEM;
  private boolean hasChangedShape;

  ClassTags(Map<String, Class<?>> renamed) {
    this.fixed = new FixedTags(this);
    this.named = new NamedClasses(this, fixed, renamed);
  }

  /** Begins an item whose classes are these, with names from a table if there is one. */
  void begin(World permitted, @Nullable NameTable names, View wanted) {
    this.world = permitted;
    this.table = names;
    this.view = wanted;
    this.hasChangedShape = false;
  }

  /** What the form of the item's bytes is. */
  void in(Form of) {
    this.form = of;
  }

  /** Whether an object had other fields when it was stored than its class has now. */
  boolean hasChangedShape() {
    return hasChangedShape;
  }

  void noteChangedShape() {
    hasChangedShape = true;
  }

  /** Reads a value that nothing takes. */
  void skipValue(CheckedInput input) {
    View before = view;
    view = View.STRUCTURE;
    try {
      kryo().readClassAndObject(input);
    } finally {
      view = before;
    }
  }

  /** The enums that the item may have. */
  List<Class<?>> permittedEnums() {
    List<Class<?>> enums = new ArrayList<>();
    for (Class<?> type : world().classes()) {
      if (type.isEnum()) {
        enums.add(type);
      }
    }
    return enums;
  }

  /** The name in the tag that follows; null if it is of another kind. */
  @Nullable String readName(CheckedInput input) {
    int tag = input.readVarInt(true);
    return tag == NAME || isNamed(tag) ? name(tag, input) : null;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface is
  public @Nullable Registration writeClass(Output output, @Nullable Class type) {
    if (type == null) {
      output.writeByte(NULL);
      return null;
    }
    Registration registration = registrationOf(type);
    if (registration instanceof NamedRegistration known) {
      writeName(output, known.name());
    } else {
      output.writeByte(registration.getId());
    }
    return registration;
  }

  private void writeName(Output output, String name) {
    Integer number = namesWritten.putIfAbsent(name, namesWritten.size());
    if (number == null) {
      output.writeByte(NAME);
      if (table == null) {
        output.writeString(name);
      } else {
        output.writeVarInt(table.number(name), true);
      }
    } else {
      output.writeVarInt(FixedTags.FIRST_NAMED + number, true);
    }
  }

  @Override
  public @Nullable Registration readClass(Input input) {
    int tag = input.readVarInt(true);
    if (tag == NULL) {
      return null;
    }
    if (tag == NAME || isNamed(tag)) {
      String name = name(tag, (CheckedInput) input);
      return view == View.STRUCTURE ? named.structureOf(name) : named.ofName(name, world());
    }
    Registration registration = fixed.numbered(tag, view);
    if (registration == null) {
      throw new SerializationException("payload has the unknown tag " + tag, null);
    }
    return registration;
  }

  /** Tags are unsigned: the largest, as an int, are below zero. */
  private static boolean isNamed(int tag) {
    return tag < 0 || tag >= FixedTags.FIRST_NAMED;
  }

  private String name(int tag, CheckedInput input) {
    if (view == View.DOCUMENT) {
      throw new SerializationException("payload is a document and names a class", null);
    }
    NameTable names = table;
    if (tag == NAME) {
      if (form == Form.ITEM_WITH_NUMBERS) {
        throw new SerializationException("payload names a class that should have a number", null);
      }
      String name = names == null ? input.readText() : numbered(names, input.readVarInt(true));
      namesRead.add(name);
      return name;
    }
    int number = tag - FixedTags.FIRST_NAMED;
    if (form == Form.ITEM_WITH_NUMBERS && names != null) {
      if (number > NameTable.MAX_NAMES) {
        throw noNumber(number);
      }
      return numbered(names, number);
    }
    if (tag < 0 || number >= namesRead.size()) {
      throw new SerializationException(
          "payload refers to the name "
              + Integer.toUnsignedString(number)
              + ", and has "
              + namesRead.size(),
          null);
    }
    return namesRead.get(number);
  }

  private static String numbered(NameTable table, int number) {
    if (number < 0) {
      throw noNumber(number);
    }
    return table.name(number);
  }

  private static SerializationException noNumber(int number) {
    return new SerializationException(
        "payload refers to the name "
            + Integer.toUnsignedString(number)
            + " of the store, which can have none of that number",
        null);
  }

  @Override
  public void reset() {
    namesRead.clear();
    namesWritten.clear();
  }

  @Override
  public void setKryo(Kryo owner) {
    this.kryo = owner;
  }

  /** The classes that Kryo registers for itself are not taken: all have their number here. */
  @Override
  public Registration register(Registration registration) {
    return registration;
  }

  @Override
  public @Nullable Registration unregister(int classId) {
    return null;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface is
  public Registration registerImplicit(Class type) {
    return registrationOf(type);
  }

  /** Null while Kryo is being made, and refusal instead of null for ever after. */
  @Override
  @SuppressWarnings("rawtypes") // the interface is
  public @Nullable Registration getRegistration(Class type) {
    return world == null ? null : registrationOf(type);
  }

  @Override
  public @Nullable Registration getRegistration(int classId) {
    return null;
  }

  private Registration registrationOf(Class<?> type) {
    Registration registration = fixed.of(type);
    return registration == null ? named.ofClass(type, world()) : registration;
  }

  private World world() {
    if (world == null) {
      throw new IllegalStateException("no item was begun");
    }
    return world;
  }

  private Kryo kryo() {
    if (kryo == null) {
      throw new IllegalStateException("no Kryo was set");
    }
    return kryo;
  }
}
