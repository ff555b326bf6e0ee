package io.stowage.serialization.json;

import io.stowage.api.Document;
import io.stowage.api.Loss;
import io.stowage.serialization.binding.CodecFailures;
import io.stowage.serialization.binding.ItemBinding;
import io.stowage.serialization.binding.OpenItems;
import io.stowage.serialization.binding.ReadableTypes;
import io.stowage.serialization.binding.StoredForms;
import io.stowage.spi.SerializationPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The codec {@code json}: items as plain compact JSON in UTF-8, readable with any tool.
 *
 * <p>Property names are in snake case, {@code java.time} values are ISO-8601 texts, enums their
 * names. Nulls of typed items are left out, those in maps stay. On reading, properties that the
 * type does not have are passed over, and absent ones are null, zero or false. Numbers keep their
 * value; where the type says only {@code Object} they come as {@link Document} keeps them, so that
 * others are refused there on writing, unless the type of the items {@linkplain Loss accepts} it.
 *
 * <p>Refused on writing is what would not come back as it was: items of a type that cannot be read
 * back, or that has a field that is not written; null for an {@code Optional}; calendars; NaN and
 * the infinities, texts with lone surrogates or of more than {@value ItemBinding#MAX_TEXT_LENGTH}
 * characters, nesting of more than {@value ItemBinding#MAX_DEPTH} levels. Refused on reading are
 * duplicate names, anything after the item, and what is no JSON. Safe for use by many threads.
 */
public final class JsonCodec implements SerializationPort {

  private static final CodecFailures FAILURES = new CodecFailures("JSON");
  private static final ObjectReader FIELDS = StrictJson.MAPPER.readerForMapOf(Object.class);
  private static final ObjectReader FIELD = StrictJson.MAPPER.readerFor(Object.class);

  private static final ReadableTypes READABLE = new ReadableTypes(StrictJson.MAPPER, "JSON");

  private final JsonMapper mapper;
  private final ReadableTypes types;
  private final @Nullable OpenItems open;
  private final Function<Object, byte[]> writer;
  private final StoredForms forms = new StoredForms();

  /** The codec as stores use it by default. */
  public JsonCodec() {
    this(Set.of(), StrictJson::write);
  }

  private JsonCodec(Set<Loss> accepted, Function<Object, byte[]> writer) {
    this.mapper = StrictJson.MAPPER;
    this.types = READABLE;
    this.open = new OpenItems(mapper, "JSON", accepted);
    this.writer = writer;
  }

  /**
   * A codec that writes and reads items with a mapper of the embedder's own, as the mapper is; what
   * it writes must be JSON. Types of items that the mapper could not read back are refused. {@link
   * #fields} reads strictly, whatever the mapper allows.
   */
  public JsonCodec(JsonMapper mapper) {
    this.mapper = mapper;
    this.types = new ReadableTypes(mapper, "JSON");
    this.open = null;
    this.writer = mapper::writeValueAsBytes;
  }

  @Override
  public String name() {
    return "json";
  }

  /** With a mapper of the embedder's own the same codec: what is lost is the mapper's to say. */
  @Override
  public SerializationPort accepting(Set<Loss> losses) {
    return open == null ? this : new JsonCodec(losses, StrictJson.accepting(losses));
  }

  @Override
  public byte[] encode(Object item) {
    if (item instanceof Document document) {
      return write(document.asMap());
    }
    types.requireOf(item, item.getClass());
    return write(item);
  }

  @Override
  public byte[] encode(Object item, Class<?> type) {
    if (item instanceof Document document) {
      return write(document.asMap());
    }
    types.requireOf(item, type);
    if (open != null) {
      open.require(item, type);
    }
    return write(item);
  }

  private byte[] write(Object item) {
    try {
      return writer.apply(item);
    } catch (JacksonException e) {
      throw FAILURES.unwritable(item, e);
    }
  }

  @Override
  public <T> T decode(byte[] bytes, Class<T> type) {
    if (type == Document.class) {
      return type.cast(FAILURES.document(fields(bytes)));
    }
    try {
      return FAILURES.present(mapper.readValue(bytes, type), type.getName());
    } catch (JacksonException e) {
      throw FAILURES.unreadable(bytes, type.getName(), e);
    }
  }

  @Override
  public Map<String, @Nullable Object> fields(byte[] bytes) {
    try {
      return FAILURES.present(
          FIELDS.<LinkedHashMap<String, @Nullable Object>>readValue(bytes), "map of fields");
    } catch (JacksonException e) {
      throw FAILURES.unreadable(bytes, "map of fields", e);
    }
  }

  @Override
  public @Nullable Object stored(Object object) {
    return forms.of(object, this::readBack);
  }

  private @Nullable Object readBack(Object object) {
    byte[] bytes = write(object);
    try {
      return FIELD.readValue(bytes);
    } catch (JacksonException e) {
      throw FAILURES.unreadable(bytes, "field", e);
    }
  }
}
