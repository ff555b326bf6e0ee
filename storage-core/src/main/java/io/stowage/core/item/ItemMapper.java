package io.stowage.core.item;

import io.stowage.api.Document;
import io.stowage.api.FieldPath;
import io.stowage.api.FieldValue;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.Version;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.item.ItemTerms.RangePlace;
import io.stowage.spi.AdapterException;
import io.stowage.spi.EntryRef;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.KeyPort;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import io.stowage.spi.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Translates between the items of one type and what the ports see of them. Safe for use by many
 * threads.
 *
 * @param <T> the type of the items
 */
public final class ItemMapper<T> {

  /** How many index entries an item may have. */
  public static final int MAX_TERMS = 1_000;

  private final ItemType<T> type;
  private final ItemCoder<T> coder;
  private final EnvelopePort envelopes;
  private final LiveDefinition live;
  private final StoredForms forms;
  private final ItemOrder<T> order;
  private final Map<String, Function<? super T, ? extends @Nullable Object>> declared =
      new HashMap<>();

  /** A mapper for a store that has the indexes of the type, always, and keeps items as encoded. */
  public ItemMapper(ItemType<T> type, SerializationPort codec) {
    this(type, codec, LiveDefinition.fixed(type.definition(codec.name())));
  }

  /** A mapper for a store that has the indexes of a definition, and keeps items as encoded. */
  public ItemMapper(ItemType<T> type, SerializationPort codec, LiveDefinition live) {
    this(
        type,
        Codecs.of(codec, List.of()).accepting(type.acceptedLosses()),
        new PlainEnvelopes(codec.name()),
        live);
  }

  /**
   * A mapper for a store that has the indexes of a definition. The type may have others: an index
   * that it lacks takes the values of the field of its name.
   */
  public ItemMapper(ItemType<T> type, Codecs codecs, EnvelopePort envelopes, LiveDefinition live) {
    this.type = type;
    this.coder = new ItemCoder<>(type, codecs, envelopes);
    this.envelopes = envelopes;
    this.live = live;
    this.forms = new StoredForms(codecs.writing());
    this.order = new ItemOrder<>(type, forms);
    type.order().ifPresent(field -> declared.put(field.name(), field.value()));
    type.indexes().forEach(index -> declared.put(index.name(), index.value()));
  }

  public ItemType<T> type() {
    return type;
  }

  /** The definition of the store as it is now. */
  public LiveDefinition live() {
    return live;
  }

  /** The form in which the store keeps values. */
  public EnvelopePort envelopes() {
    return envelopes;
  }

  /**
   * The item with its encoded form.
   *
   * @throws IllegalArgumentException if the codec cannot hold the item
   */
  public ItemImage<T> encode(String id, T item) {
    return coder.encode(id, item);
  }

  /**
   * What makes the payload of each version of the item's record.
   *
   * @throws IllegalArgumentException if the item is too large
   */
  public PayloadSource payloads(ItemImage<T> image) {
    byte[] packed = coder.pack(image);
    return version -> coder.seal(packed, image.id(), version);
  }

  /**
   * The item in a record.
   *
   * @throws SerializationException if there is none
   */
  public ItemImage<T> decode(String id, StoredRecord record) {
    return coder.decode(id, record);
  }

  /**
   * When the item expires by its own account; null if it does not say.
   *
   * @throws IllegalArgumentException if what it says is no moment
   */
  public @Nullable Instant expiresAt(String id, T item) {
    try {
      return ItemExpiry.parse(type.expiresAt(item));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("item '" + id + "': " + e.getMessage(), e);
    }
  }

  /**
   * Where the item is in the indexes that its store writes, as far as is known without asking.
   *
   * @throws IllegalArgumentException if a value cannot be indexed
   */
  public ItemTerms terms(ItemImage<T> image) {
    return terms(image, live.latest().written());
  }

  /**
   * Where the item is in some indexes.
   *
   * @throws IllegalArgumentException if a value cannot be indexed
   */
  public ItemTerms terms(ItemImage<T> image, List<IndexDefinition> indexes) {
    return terms(image, indexes, FieldValues::forIndex);
  }

  /**
   * Where an item that was stored is in some indexes. It may be from a time when values that are
   * refused now had no entries; it has none of these.
   *
   * @throws IllegalArgumentException if it was stored before there was an index that refuses it
   */
  public ItemTerms termsOfStored(ItemImage<T> image, List<IndexDefinition> indexes) {
    return terms(image, indexes, (index, raw) -> FieldValues.inIndex(raw));
  }

  private ItemTerms terms(
      ItemImage<T> image,
      List<IndexDefinition> indexes,
      BiFunction<String, @Nullable Object, List<FieldValue>> valuesIn) {
    T item = image.item();
    try {
      List<IndexTerm> exact = new ArrayList<>();
      List<RangePlace> ranges = new ArrayList<>();
      ItemFields fields = fields(image);
      for (IndexDefinition index : indexes) {
        List<FieldValue> values =
            valuesIn.apply(index.name(), valueFor(index.name(), item, fields));
        if (index.kind().isByValue()) {
          values.forEach(value -> exact.add(term(index, value)));
        } else {
          addRange(index.name(), values, ranges);
        }
      }
      if (exact.size() + ranges.size() > MAX_TERMS) {
        throw new IllegalArgumentException(
            "it has " + (exact.size() + ranges.size()) + " index values; allowed are " + MAX_TERMS);
      }
      return new ItemTerms(exact, ranges, order.score(item));
    } catch (IllegalArgumentException | SerializationException e) {
      throw unindexable(image.id(), e);
    }
  }

  private static IllegalArgumentException unindexable(String id, RuntimeException e) {
    return new IllegalArgumentException(
        "item '" + id + "' cannot be indexed: " + e.getMessage(), e);
  }

  /**
   * The place of a value in an index that keeps items by value.
   *
   * @throws IllegalArgumentException if the index is blind and this process has no keys
   */
  public IndexTerm term(IndexDefinition index, FieldValue value) {
    if (index.kind() != IndexKind.BLIND) {
      return IndexTerm.exact(index.name(), value.canonicalText());
    }
    KeyPort keys =
        envelopes
            .keys()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        index + " needs keys; give them with StoreOptions.encryption"));
    return IndexTerm.blind(index.name(), keys.blind(index.name(), value.canonicalText()));
  }

  /** By the type's function or, for an index that the type lacks, by the field of its name. */
  private @Nullable Object valueFor(String index, T item, ItemFields fields) {
    Function<? super T, ? extends @Nullable Object> function = declared.get(index);
    return function == null ? fields.value(index) : forms.of(function.apply(item));
  }

  /**
   * The operand of a filter as the codec stores it.
   *
   * @throws IllegalArgumentException if the codec stores nothing that a filter could compare
   */
  public FieldValue operand(String field, FieldValue operand) {
    return forms.operand(field, operand);
  }

  /**
   * Where the item is in the indexes that its store writes: each call answers by the definition of
   * that moment, so a version taken before the call and the terms of the answer go together.
   *
   * @throws IllegalArgumentException if a value cannot be indexed by the definition known now, or
   *     the order field is of a type that has no value
   */
  public Supplier<ItemTerms> liveTerms(ItemImage<T> image) {
    try {
      order.check(image.item());
    } catch (IllegalArgumentException e) {
      throw unindexable(image.id(), e);
    }
    return new LiveTerms(image);
  }

  /** Computes the terms anew only if the written indexes have changed. Used by one thread. */
  private final class LiveTerms implements Supplier<ItemTerms> {

    private final ItemImage<T> image;
    private List<IndexDefinition> indexes;
    private ItemTerms terms;

    LiveTerms(ItemImage<T> image) {
      this.image = image;
      this.indexes = live.latest().written();
      this.terms = terms(image, indexes);
    }

    /**
     * The terms.
     *
     * @throws AdapterException if the definition must be read and cannot be, an index that was
     *     added since cannot hold a value of the item, or the indexes have come to entries of a
     *     later schema version
     */
    @Override
    public ItemTerms get() {
      StoredDefinition definition = live.current();
      definition.schema().requireWritableBy(type.schemaVersion());
      List<IndexDefinition> written = definition.written();
      if (written != indexes && !written.equals(indexes)) {
        terms = termsOfChanged(written);
      }
      indexes = written;
      return terms;
    }

    private ItemTerms termsOfChanged(List<IndexDefinition> written) {
      try {
        return terms(image, written);
      } catch (IllegalArgumentException e) {
        throw AdapterException.refused(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static void addRange(String index, List<FieldValue> values, List<RangePlace> ranges) {
    if (values.size() > 1) {
      throw new IllegalArgumentException(
          "range index '" + index + "' has " + values.size() + " values; allowed is one");
    }
    for (FieldValue value : values) {
      value.score().ifPresent(s -> ranges.add(new RangePlace(IndexTerm.range(index), s)));
    }
  }

  /** The item's score in the order of the store. */
  public double score(T item, Version version) {
    Double score = order.score(item);
    return score == null ? version.micros() : score;
  }

  /** Where a version of an item is in the order of the store. */
  public Place place(String id, T item, Version version) {
    FieldValue value = order.value(item);
    double score = order.isByField() ? ItemOrder.score(value) : version.micros();
    return new Place(new EntryRef(id, version, score), value);
  }

  /** Whether the field {@code id} is the item's id, and no index or order that is named so. */
  public boolean isIdPlain() {
    return !declared.containsKey("id");
  }

  /** The fields of an item as filters see them. */
  public ItemFields fields(ItemImage<T> image) {
    if (image.item() instanceof Document document) {
      return field -> FieldPath.resolve(document.asMap(), field);
    }
    return new TypedFields(image);
  }

  /** Declared fields are asked of the item; for others its stored form is read, once. */
  private final class TypedFields implements ItemFields {

    private final ItemImage<T> image;
    private @Nullable Map<String, @Nullable Object> stored;

    TypedFields(ItemImage<T> image) {
      this.image = image;
    }

    @Override
    public @Nullable Object value(String field) {
      Function<? super T, ? extends @Nullable Object> function = declared.get(field);
      if (function != null) {
        return forms.of(function.apply(image.item()));
      }
      return field.equals("id") ? id() : FieldPath.resolve(stored(), field);
    }

    /** The id, and beside it the number that the item has as its id, if it has one. */
    private Object id() {
      Object inItem = stored().get("id");
      boolean isNumber =
          inItem instanceof Number number
              && FieldValue.of(number)
                  .map(value -> value.canonicalText().equals("#" + image.id()))
                  .orElse(false);
      return isNumber ? List.of(image.id(), inItem) : image.id();
    }

    private Map<String, @Nullable Object> stored() {
      Map<String, @Nullable Object> fields = stored;
      if (fields == null) {
        fields = coder.fields(image.content());
        stored = fields;
      }
      return fields;
    }
  }
}
