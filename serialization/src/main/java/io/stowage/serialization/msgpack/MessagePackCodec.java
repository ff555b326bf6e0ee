package io.stowage.serialization.msgpack;

import io.stowage.api.Document;
import io.stowage.api.Loss;
import io.stowage.serialization.binding.CodecFailures;
import io.stowage.serialization.binding.ItemBinding;
import io.stowage.serialization.binding.OpenItems;
import io.stowage.serialization.binding.ReadableTypes;
import io.stowage.serialization.binding.StoredForms;
import io.stowage.spi.SerializationPort;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The codec {@code msgpack}: items as MessagePack, by the names and shapes that their JSON has, in
 * about four fifths of its size.
 *
 * <p>Binary data, moments ({@link Instant}) and numbers of any size are kept in forms of their own;
 * all other values are those of JSON, as are the refusals: NaN and the infinities, texts with lone
 * surrogates or of more than {@value ItemBinding#MAX_TEXT_LENGTH} characters, nesting of more than
 * {@value ItemBinding#MAX_DEPTH} levels, duplicate names. So is what is answered by {@link
 * #fields}: moments as ISO-8601 texts, binary data in Base64. Raw JSON and texts behind a {@code
 * Reader} are refused.
 *
 * <p>On reading, no declared length makes it allocate more than the bytes can hold. Safe for use by
 * many threads; buffers of up to 1 MiB are reused. Needs {@code org.msgpack:msgpack-core}, which
 * this library does not bring along.
 */
public final class MessagePackCodec implements SerializationPort {

  private static final CodecFailures FAILURES = new CodecFailures("MessagePack");
  private static final JsonMapper STRICT = strict(Set.of());
  private static final ReadableTypes READABLE = new ReadableTypes(STRICT, "MessagePack");
  private static final ObjectReader FIELDS = STRICT.readerForMapOf(Object.class);
  private static final ObjectReader FIELD = STRICT.readerFor(Object.class);
  private static final ObjectReadContext READING_FIELDS = new MapperBinding.Reading(STRICT);

  private final JsonMapper mapper;
  private final ReadableTypes types;
  private final @Nullable OpenItems open;
  private final ObjectWriteContext writing;
  private final ObjectReadContext reading;
  private final StoredForms forms = new StoredForms();
  private final BlockingQueue<Packing> pool =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

  /** The codec as stores use it by default. */
  public MessagePackCodec() {
    this(STRICT, READABLE, new OpenItems(STRICT, "MessagePack", Set.of()));
  }

  /**
   * A codec that binds items with a mapper of the embedder's own, as the mapper is: moments, too,
   * are then in the form that the mapper gives them. {@link #fields} reads strictly, whatever the
   * mapper allows.
   */
  public MessagePackCodec(JsonMapper mapper) {
    this(mapper, new ReadableTypes(mapper, "MessagePack"), null);
  }

  private MessagePackCodec(JsonMapper mapper, ReadableTypes types, @Nullable OpenItems open) {
    this.mapper = mapper;
    this.types = types;
    this.open = open;
    this.writing = new MapperBinding.Writing(mapper);
    this.reading = new MapperBinding.Reading(mapper);
  }

  @Override
  public String name() {
    return "msgpack";
  }

  private static JsonMapper strict(Set<Loss> accepted) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(ItemBinding.readConstraints())
            .streamWriteConstraints(ItemBinding.writeConstraints())
            .build();
    return ItemBinding.mapper(factory, accepted)
        .addModule(
            new SimpleModule("stowage-msgpack")
                .addSerializer(Instant.class, new MomentSerializer())
                .addDeserializer(Instant.class, new MomentDeserializer()))
        .build();
  }

  /** With a mapper of the embedder's own the same codec: what is lost is the mapper's to say. */
  @Override
  public SerializationPort accepting(Set<Loss> losses) {
    return open == null
        ? this
        : new MessagePackCodec(
            strict(losses), READABLE, new OpenItems(STRICT, "MessagePack", losses));
  }

  @Override
  public byte[] encode(Object item) {
    Library.require();
    if (!(item instanceof Document)) {
      types.requireOf(item, item.getClass());
    }
    return pack(item);
  }

  @Override
  public byte[] encode(Object item, Class<?> type) {
    Library.require();
    if (!(item instanceof Document)) {
      types.requireOf(item, type);
      if (open != null) {
        open.require(item, type);
      }
    }
    return pack(item);
  }

  private byte[] pack(Object item) {
    Packing pooled = pool.poll();
    Packing packing = pooled == null ? new Packing() : pooled;
    try {
      packing.clear();
      MessagePackGenerator generator = new MessagePackGenerator(writing, packing);
      mapper.writeValue(generator, item instanceof Document document ? document.asMap() : item);
      return packing.result();
    } catch (JacksonException | IOException | ArithmeticException e) {
      throw FAILURES.unwritable(item, e);
    } finally {
      if (packing.isKept()) {
        // A full pool has enough of them.
        boolean unused = pool.offer(packing);
      }
    }
  }

  @Override
  public <T> T decode(byte[] bytes, Class<T> type) {
    Library.require();
    if (type == Document.class) {
      return type.cast(FAILURES.document(fields(bytes)));
    }
    try (MessagePackParser parser = new MessagePackParser(reading, bytes)) {
      T item = mapper.readValue(parser, type);
      requireEnd(parser);
      return FAILURES.present(item, type.getName());
    } catch (JacksonException e) {
      throw FAILURES.unreadable(bytes, type.getName(), e);
    }
  }

  @Override
  public Map<String, @Nullable Object> fields(byte[] bytes) {
    Library.require();
    LinkedHashMap<String, @Nullable Object> found = read(bytes, FIELDS, "map of fields");
    return FAILURES.present(found, "map of fields");
  }

  @Override
  public @Nullable Object stored(Object object) {
    return forms.of(object, it -> read(encode(it), FIELD, "field"));
  }

  @SuppressWarnings(
      "TypeParameterUnusedInFormals") // the reader's type, which Jackson does not have
  private static <R extends @Nullable Object> R read(byte[] bytes, ObjectReader by, String what) {
    try (MessagePackParser parser = new MessagePackParser(READING_FIELDS, bytes)) {
      R found = by.readValue(parser);
      requireEnd(parser);
      return found;
    } catch (JacksonException e) {
      throw FAILURES.unreadable(bytes, what, e);
    }
  }

  /** Refuses bytes after the item, and a deserializer that ends before its item does. */
  private static void requireEnd(MessagePackParser parser) {
    JsonToken token = parser.nextToken();
    if (token != null) {
      throw new StreamReadException(parser, "the deserializer left a part of the item: " + token);
    }
  }
}
