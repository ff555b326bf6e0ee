package io.stowage.api;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the items of a store are: their class, where their id is, by what they are found, in which
 * order, and when they expire. Immutable; the functions given must be pure and safe to call from
 * any thread.
 *
 * <p>A filter may name an index or the order field, whose function then answers, or any field of
 * the item's stored form by its dotted path. The JSON codec writes names in snake case, so the
 * component {@code sessionId} is the field {@code session_id}.
 *
 * @param <T> the type of the items
 */
public final class ItemType<T> {

  /**
   * A secondary index.
   *
   * @param name the field's name in filters
   * @param kind what conditions it serves
   * @param value the field's value: null, one value or, in an exact index, a collection of values;
   *     see {@link FieldValue#of} for what a value may be. An item with a value of another type is
   *     refused when it is saved
   */
  public record Index<T>(
      String name, IndexKind kind, Function<? super T, ? extends @Nullable Object> value) {}

  /**
   * The field by which items are ordered.
   *
   * @param name the field's name in filters
   * @param value the field's value: a number or a moment; an item without one is the oldest of all.
   *     An item with a value of a type that has none, such as a map, is refused when it is saved
   * @param isRequired whether an item without a number or a moment is refused when it is saved
   */
  public record Order<T>(
      String name, Function<? super T, ? extends @Nullable Object> value, boolean isRequired) {}

  private final String store;
  private final Class<T> type;
  private final Function<? super T, @Nullable String> id;
  private final @Nullable BiFunction<? super T, String, ? extends T> withId;
  private final List<Index<T>> indexes;
  private final @Nullable Order<T> order;
  private final Function<? super T, ? extends @Nullable Object> expiresAt;
  private final NavigableMap<Integer, UnaryOperator<Document>> upcasters;
  private final Set<Loss> acceptedLosses;

  private ItemType(Builder<T> builder, Function<? super T, @Nullable String> id) {
    this.store = builder.store;
    this.type = builder.type;
    this.id = id;
    this.withId = builder.withId;
    this.indexes = List.copyOf(builder.indexes.values());
    this.order = builder.order;
    this.expiresAt = builder.expiresAt;
    this.upcasters = new TreeMap<>(builder.upcasters);
    this.acceptedLosses = Set.copyOf(builder.acceptedLosses);
  }

  /**
   * Begins the description of a store of typed items.
   *
   * @param store the store's name: 1 to 128 letters, digits, {@code _}, {@code -} and {@code .}
   */
  public static <T> Builder<T> of(String store, Class<T> type) {
    return new Builder<>(store, type);
  }

  /**
   * Begins the description of a store of documents: indexes are fields by their dotted path, {@code
   * id} and {@code expires_at} have their meaning by name.
   *
   * @param store the store's name: 1 to 128 letters, digits, {@code _}, {@code -} and {@code .}
   */
  public static DocumentBuilder documents(String store) {
    return new DocumentBuilder(store);
  }

  /** The store's name. */
  public String store() {
    return store;
  }

  /** The class of the items. */
  public Class<T> type() {
    return type;
  }

  /** The item's id, or null if it has none yet. */
  public @Nullable String idOf(T item) {
    return id.apply(item);
  }

  /**
   * The item with a generated id in it. If the type was built without a function that sets the id,
   * the item itself.
   */
  public T withId(T item, String generated) {
    return withId == null ? item : withId.apply(item, generated);
  }

  /** The indexes in the order of their declaration. */
  public List<Index<T>> indexes() {
    return indexes;
  }

  /** The field that orders the items; empty if they are ordered by the time of their save. */
  public Optional<Order<T>> order() {
    return Optional.ofNullable(order);
  }

  /**
   * When the item expires by its own account: null, an {@link java.time.Instant}, seconds since
   * 1970 as a number, or an ISO-8601 text.
   */
  public @Nullable Object expiresAt(T item) {
    return expiresAt.apply(item);
  }

  /** What may come back otherwise than it was saved; nothing by default. */
  public Set<Loss> acceptedLosses() {
    return acceptedLosses;
  }

  /** The version of the shape that items have now: one more than the last that has an upcaster. */
  public int schemaVersion() {
    return upcasters.isEmpty() ? 1 : upcasters.lastKey() + 1;
  }

  /** The oldest schema version from which an item can be brought to the present one. */
  public int oldestSchemaVersion() {
    return upcasters.isEmpty() ? 1 : upcasters.firstKey();
  }

  /**
   * The stored form of an item of an older schema version in the present one.
   *
   * @param from from {@link #oldestSchemaVersion()} to {@link #schemaVersion()}
   */
  public Document upcast(int from, Document stored) {
    Document upcast = stored;
    for (UnaryOperator<Document> step : upcasters.tailMap(from).values()) {
      upcast = step.apply(upcast);
    }
    return upcast;
  }

  /** What is compared with the stored definition when the store is opened. */
  public StoreDefinition definition(String codec) {
    return new StoreDefinition(
        codec,
        indexes.stream().map(i -> new StoreDefinition.IndexDefinition(i.name(), i.kind())).toList(),
        order == null ? null : order.name(),
        List.of(),
        List.of(),
        schemaVersion());
  }

  @Override
  public String toString() {
    return "ItemType[" + store + " of " + type.getName() + "]";
  }

  /**
   * Builds an {@link ItemType}; each setter refuses what is out of bounds or contradicts another.
   */
  public static final class Builder<T> {

    private final String store;
    private final Class<T> type;
    private final Map<String, Index<T>> indexes = new LinkedHashMap<>();
    private @Nullable Function<? super T, @Nullable String> id;
    private @Nullable BiFunction<? super T, String, ? extends T> withId;
    private @Nullable Order<T> order;
    private Function<? super T, ? extends @Nullable Object> expiresAt = item -> null;
    private final NavigableMap<Integer, UnaryOperator<Document>> upcasters = new TreeMap<>();
    private final Set<Loss> acceptedLosses = EnumSet.noneOf(Loss.class);

    private Builder(String store, Class<T> type) {
      this.store = Limits.checkName("store name", store);
      this.type = type;
    }

    /**
     * Where the id is: 1 to 4,096 bytes of UTF-8. An item whose id is null gets a generated one
     * (UUIDv7), which is in the {@link WriteResult} but not in the item.
     */
    public Builder<T> id(Function<? super T, @Nullable String> id) {
      this.id = id;
      return this;
    }

    /** Where the id is, and how an item gets a generated one. */
    public Builder<T> id(
        Function<? super T, @Nullable String> id,
        BiFunction<? super T, String, ? extends T> withId) {
      this.id = id;
      this.withId = withId;
      return this;
    }

    /**
     * Finds items by equality of a field with one value or, if the function answers a collection,
     * with any of several.
     */
    public Builder<T> index(String name, Function<? super T, ? extends @Nullable Object> value) {
      return add(new Index<>(name, IndexKind.EXACT, value));
    }

    /**
     * As {@link #index}, but the index keeps only a keyed hash of each value, so that the value is
     * nowhere in the backend. The store must encrypt its items ({@link
     * StoreOptions.Builder#encryption}).
     */
    public Builder<T> blindIndex(
        String name, Function<? super T, ? extends @Nullable Object> value) {
      return add(new Index<>(name, IndexKind.BLIND, value));
    }

    /**
     * Finds items by the range in which a field lies that is a number or a moment. Other values are
     * found without the index. An item with several values in the field is refused when it is
     * saved.
     */
    public Builder<T> range(String name, Function<? super T, ? extends @Nullable Object> value) {
      return add(new Index<>(name, IndexKind.RANGE, value));
    }

    private Builder<T> add(Index<T> index) {
      Limits.checkPath("index name", index.name());
      if (indexes.putIfAbsent(index.name(), index) != null) {
        throw new IllegalArgumentException(
            "index '" + index.name() + "' is declared twice; allowed is one index a field");
      }
      return this;
    }

    /** Orders the items by a field that is a number or a moment. */
    public Builder<T> orderedBy(
        String name, Function<? super T, ? extends @Nullable Object> value) {
      Limits.checkPath("order field", name);
      this.order = new Order<>(name, value, false);
      return this;
    }

    /**
     * Orders the items by a field that has a range index already.
     *
     * @throws IllegalArgumentException if no range index of this name is declared
     */
    public Builder<T> orderedBy(String range) {
      Index<T> index = indexes.get(range);
      if (index == null || index.kind() != IndexKind.RANGE) {
        throw new IllegalArgumentException(
            "order field is '"
                + range
                + "'; allowed are the range indexes declared before, or a field with its function");
      }
      this.order = new Order<>(range, index.value(), false);
      return this;
    }

    /**
     * Demands a number or a moment in the order field, which must be declared before: an item
     * without one is refused when it is saved, rather than being the oldest of all.
     *
     * @throws IllegalArgumentException if no order field is declared
     */
    public Builder<T> required() {
      Order<T> declared = order;
      if (declared == null) {
        throw new IllegalArgumentException(
            "required() is called without an order field; call orderedBy(...) before");
      }
      this.order = new Order<>(declared.name(), declared.value(), true);
      return this;
    }

    /**
     * When an item expires by its own account, which wins over the store's TTL: null if it does not
     * say, an {@link java.time.Instant}, seconds since 1970 as a number, or an ISO-8601 text.
     */
    public Builder<T> expiresAt(Function<? super T, ? extends @Nullable Object> expiresAt) {
      this.expiresAt = expiresAt;
      return this;
    }

    /**
     * Accepts that something of an item comes back otherwise than it was saved. Without it an item
     * with such a value is refused by the codecs that would lose it.
     */
    public Builder<T> acceptLossy(Loss first, Loss... others) {
      acceptedLosses.add(first);
      acceptedLosses.addAll(Arrays.asList(others));
      return this;
    }

    /**
     * How an item that was stored with an older shape comes to the next one. The present schema
     * version is one more than the highest that has an upcaster; without any it is 1. Items are
     * brought to the present version when they are read, and stored so when they are saved.
     *
     * <p>Entries in indexes are of the shape that items had when they were made. So once the
     * version has risen queries read every item, until {@link Maintenance#reindex} with this type
     * has brought the entries up to date, to be run when no program with the former version writes
     * any more: such writes are refused from then on. The same is to be done, with an upcaster that
     * answers what it gets, when the function of an index comes to answer other values, since that
     * cannot be noticed.
     *
     * @param from the schema version that the function takes: 1 to 1,000,000
     * @param upcaster takes the stored form of an item of that version and answers that of the next
     *     one; throws {@link IllegalArgumentException} if it cannot
     */
    public Builder<T> upcast(int from, UnaryOperator<Document> upcaster) {
      Limits.check("schema version", from, 1, 1_000_000);
      if (upcasters.putIfAbsent(from, upcaster) != null) {
        throw new IllegalArgumentException(
            "upcaster from schema version " + from + " is given twice; allowed is one");
      }
      return this;
    }

    /**
     * The type as described.
     *
     * @throws IllegalArgumentException if the id is missing, the order field is also a range index
     *     with another function, or an upcaster is missing between two others
     */
    public ItemType<T> build() {
      for (int from : upcasters.keySet()) {
        if (from != upcasters.lastKey() && !upcasters.containsKey(from + 1)) {
          throw new IllegalArgumentException(
              "upcaster from schema version "
                  + (from + 1)
                  + " is missing; there are some from versions "
                  + upcasters.keySet());
        }
      }
      if (id == null) {
        throw new IllegalArgumentException(
            "id of store '" + store + "' is missing; call id(...) with a function that answers it");
      }
      Order<T> byOrder = order;
      Index<T> range = byOrder == null ? null : indexes.get(byOrder.name());
      if (byOrder != null
          && range != null
          && range.kind() == IndexKind.RANGE
          && range.value() != byOrder.value()) {
        throw new IllegalArgumentException(
            "order field '"
                + range.name()
                + "' has a range index with another function; call orderedBy(\""
                + range.name()
                + "\") after range(...)");
      }
      return new ItemType<>(this, id);
    }
  }

  /** Builds an {@link ItemType} of documents. */
  public static final class DocumentBuilder {

    private final Builder<Document> builder;
    private final Map<String, Function<Document, @Nullable Object>> paths = new LinkedHashMap<>();

    private DocumentBuilder(String store) {
      builder =
          new Builder<>(store, Document.class)
              .id(document -> document.id().orElse(null), (document, id) -> document.with("id", id))
              .expiresAt(document -> document.get("expires_at"));
    }

    /** Finds documents by equality of fields, given by their dotted paths. */
    public DocumentBuilder index(String... fields) {
      for (String field : fields) {
        builder.index(field, path(field));
      }
      return this;
    }

    /** Finds documents by equality of fields of which only keyed hashes are kept in the index. */
    public DocumentBuilder blindIndex(String... fields) {
      for (String field : fields) {
        builder.blindIndex(field, path(field));
      }
      return this;
    }

    /** How a document of an older schema version comes to the next one. */
    public DocumentBuilder upcast(int from, UnaryOperator<Document> upcaster) {
      builder.upcast(from, upcaster);
      return this;
    }

    /** Finds documents by the range in which fields lie that are numbers or moments. */
    public DocumentBuilder range(String... fields) {
      for (String field : fields) {
        builder.range(field, path(field));
      }
      return this;
    }

    /** Orders the documents by a field that is a number or a moment. */
    public DocumentBuilder orderedBy(String field) {
      builder.orderedBy(field, path(field));
      return this;
    }

    /**
     * Demands a number or a moment in the order field, which must be declared before: a document
     * without one is refused when it is saved, rather than being the oldest of all.
     *
     * @throws IllegalArgumentException if no order field is declared
     */
    public DocumentBuilder required() {
      builder.required();
      return this;
    }

    private Function<Document, @Nullable Object> path(String field) {
      return paths.computeIfAbsent(
          field, path -> document -> FieldPath.resolve(document.asMap(), path));
    }

    public ItemType<Document> build() {
      return builder.build();
    }
  }
}
