package io.stowage.serialization.kryo;

import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.serialization.json.JsonFields;
import io.stowage.spi.AdapterException;
import io.stowage.spi.NameTable;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The codec {@code kryo}: compact binary items, written and read by their fields, with no getters,
 * setters or annotations.
 *
 * <p>An item may consist of the plain values, collections and arrays of the JDK, of its own class
 * and of all classes that the fields of these declare: also as type arguments, as superclasses and
 * as what sealed types permit. A class that no declaration names, such as one behind an interface
 * or {@code Object}, must be {@linkplain Builder#allow allowed}. All others are refused, on writing
 * and, before anything of them is loaded or made, on reading. Java serialization is never used.
 *
 * <p>Fields may be added to and removed from classes and records: on reading, removed ones are
 * passed over, and added ones are null, zero, or what a constructor without parameters sets. Static
 * and transient fields are not stored. An item may have 501 levels of objects and collections, so
 * none may contain itself; an object that occurs twice is stored twice and comes back as two.
 *
 * <p>{@link #fields} are those that {@link JsonCodec} has for the item. Where the codec has not met
 * the item's class yet, or its fields are others now than when it was stored, they are the stored
 * fields with their names in snake case; Jackson's annotations and getters are not asked then.
 *
 * <p>Safe for use by many threads. Kryo and its buffers are pooled; a buffer of more than 1 MiB is
 * not kept.
 */
public final class KryoCodec implements SerializationPort {

  private final Worlds worlds;
  private final Map<String, Class<?>> renamed;
  private final @Nullable NameTable names;
  private final JsonCodec json = new JsonCodec();
  private volatile @Nullable Benches benches;

  /** A codec of items whose classes are all declared by the fields of others. */
  public KryoCodec() {
    this(new Worlds(List.of()), Map.of(), null);
  }

  private KryoCodec(Worlds worlds, Map<String, Class<?>> renamed, @Nullable NameTable names) {
    this.worlds = worlds;
    this.renamed = renamed;
    this.names = names;
  }

  /** Begins a codec of items that may have further classes. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "kryo";
  }

  /** This codec with the classes' names in the store's table, and their numbers in the items. */
  @Override
  public SerializationPort inStore(NameTable table) {
    return new KryoCodec(worlds, renamed, new CachedNames(table));
  }

  /**
   * {@inheritDoc}
   *
   * @throws AdapterException if the store's table of names fails
   */
  @Override
  public byte[] encode(Object item) {
    return encode(item, item.getClass());
  }

  /**
   * {@inheritDoc}
   *
   * @throws AdapterException if the store's table of names fails
   */
  @Override
  public byte[] encode(Object item, Class<?> type) {
    if (item instanceof Map && !World.isOfJdk(type)) {
      // It is stored as its fields and read from these as JSON is, which may refuse it.
      byte[] unused = json.encode(item, type);
    }
    return benches()
        .run(
            () -> "item of type " + item.getClass().getName() + " cannot be written by Kryo",
            bench -> {
              if (item instanceof Document document) {
                return bench.write(Form.DOCUMENT, document.asMap(), worlds.shared(), null);
              }
              if (item instanceof Map<?, ?> map) {
                return bench.write(Form.DOCUMENT, fieldsOf(map), worlds.shared(), null);
              }
              Form form = names == null ? Form.ITEM : Form.ITEM_WITH_NUMBERED_NAMES;
              return bench.write(form, item, worlds.of(type), names);
            });
  }

  /** Only what a document may have comes back in it, so only that is written. */
  @SuppressWarnings("unchecked") // a name that is no string is refused
  private static Map<String, @Nullable Object> fieldsOf(Map<?, ?> map) {
    return Document.of((Map<String, ?>) map).asMap();
  }

  /**
   * {@inheritDoc}
   *
   * @throws AdapterException if the store's table of names fails
   */
  @Override
  public <T> T decode(byte[] bytes, Class<T> type) {
    if (type == Document.class) {
      return type.cast(document(bytes));
    }
    if (Form.of(bytes) == Form.DOCUMENT) {
      Map<String, @Nullable Object> fields = fields(bytes);
      return type.isInstance(fields) ? type.cast(fields) : json.decode(json.encode(fields), type);
    }
    Object item =
        read(
            bytes,
            type.getName(),
            bench -> bench.read(bytes, View.ITEM, worlds.of(type), table(bytes)));
    if (!type.isInstance(item)) {
      throw new SerializationException(
          "payload is "
              + (item == null ? "null" : "of type " + item.getClass().getName())
              + " and no "
              + type.getName(),
          null);
    }
    return type.cast(item);
  }

  private Document document(byte[] bytes) {
    try {
      return Document.of(fields(bytes));
    } catch (IllegalArgumentException e) {
      throw new SerializationException("payload is no document: " + e.getMessage(), e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws AdapterException if the store's table of names fails
   */
  @Override
  @SuppressWarnings("unchecked") // the keys of a document's maps are read as texts
  public Map<String, @Nullable Object> fields(byte[] bytes) {
    if (Form.of(bytes) != Form.DOCUMENT) {
      return fieldsOfItem(bytes);
    }
    Object value =
        read(bytes, "document", bench -> bench.read(bytes, View.DOCUMENT, worlds.shared(), null));
    if (!(value instanceof Map)) {
      throw new SerializationException("payload holds no map of fields", null);
    }
    return (Map<String, @Nullable Object>) value;
  }

  private Map<String, @Nullable Object> fieldsOfItem(byte[] bytes) {
    World world = worldOf(bytes);
    if (world == null) {
      return storedFields(bytes);
    }
    try {
      Object item = read(bytes, "item", bench -> bench.readUnchanged(bytes, world, table(bytes)));
      return item == null ? storedFields(bytes) : JsonFields.of(item);
    } catch (SerializationException refusal) {
      return storedFieldsDespite(refusal, bytes);
    }
  }

  /** Fields are those that JSON has. */
  @Override
  public @Nullable Object stored(Object object) {
    return json.stored(object);
  }

  /** The world of the item's class, if it was met. */
  private @Nullable World worldOf(byte[] bytes) {
    return read(
        bytes,
        "item",
        bench -> {
          String root = bench.rootClass(bytes, worlds.shared(), table(bytes));
          if (root == null) {
            return worlds.shared();
          }
          Class<?> now = renamed.get(root);
          return now == null ? worlds.met(root) : worlds.of(now);
        });
  }

  /** A class may refuse values that were stored, or may have nothing that JSON would show. */
  private Map<String, @Nullable Object> storedFieldsDespite(
      SerializationException refusal, byte[] bytes) {
    try {
      return storedFields(bytes);
    } catch (SerializationException e) {
      e.addSuppressed(refusal);
      throw e;
    }
  }

  private Map<String, @Nullable Object> storedFields(byte[] bytes) {
    Object structure =
        read(
            bytes,
            "item",
            bench -> bench.read(bytes, View.STRUCTURE, worlds.shared(), table(bytes)));
    if (!(structure instanceof Map)) {
      throw new SerializationException("payload holds no map of fields", null);
    }
    return JsonFields.of(structure);
  }

  /** The table that an item's numbers are of, or null if it has its names in full. */
  private @Nullable NameTable table(byte[] bytes) {
    if (!Form.of(bytes).needsTable()) {
      return null;
    }
    if (names == null) {
      throw new SerializationException(
          "payload has numbers for its classes; only the codec of its store knows their names",
          null);
    }
    return names;
  }

  private <R extends @Nullable Object> R read(
      byte[] bytes, String what, Function<Workbench, R> task) {
    return benches()
        .run(() -> "payload of " + bytes.length + " bytes is no Kryo item of a " + what, task);
  }

  /** Made on first use, so that this class can be found where Kryo is not installed. */
  private Benches benches() {
    Benches known = benches;
    if (known == null) {
      known = newBenches();
      benches = known;
    }
    return known;
  }

  private Benches newBenches() {
    try {
      return new Benches(renamed);
    } catch (NoClassDefFoundError e) {
      throw new SerializationException(
          "codec 'kryo' needs com.esotericsoftware:kryo, which is not on the class path", e);
    }
  }

  /** Collects the classes that a codec may meet besides those that fields declare. */
  public static final class Builder {

    private final List<Class<?>> allowed = new ArrayList<>();
    private final Map<String, Class<?>> renamed = new HashMap<>();

    private Builder() {}

    /**
     * Allows classes, and those that their fields declare.
     *
     * @throws IllegalArgumentException if one belongs to the JDK, or its objects cannot be held
     */
    public Builder allow(Class<?>... classes) {
      for (Class<?> type : classes) {
        allowed.add(checked(type));
      }
      return this;
    }

    /**
     * Reads what was stored of a class that has another name now.
     *
     * @param oldName the name that {@link Class#getName} had
     * @param type the class as it is now; it is allowed by this
     * @throws IllegalArgumentException if the old name has another class already, or as for {@link
     *     #allow}
     */
    public Builder rename(String oldName, Class<?> type) {
      Class<?> before = renamed.putIfAbsent(oldName, type);
      if (before != null && before != type) {
        throw new IllegalArgumentException(
            "name '" + oldName + "' is that of " + before.getName() + " already");
      }
      return allow(type);
    }

    private static Class<?> checked(Class<?> type) {
      if (type.isPrimitive() || type.isArray() || World.isOfJdk(type)) {
        throw new IllegalArgumentException(
            "class " + type.getName() + " cannot be allowed; allowed are classes of a program");
      }
      boolean isConcrete = !Modifier.isAbstract(type.getModifiers());
      if (isConcrete && !type.isEnum()) {
        try {
          new ClassShape(type);
        } catch (SerializationException e) {
          throw new IllegalArgumentException(e.getMessage(), e);
        }
      }
      return type;
    }

    /** The codec. */
    public KryoCodec build() {
      return new KryoCodec(new Worlds(allowed), Map.copyOf(renamed), null);
    }
  }
}
