package io.stowage.serialization.msgpack;

import io.stowage.api.Document;
import io.stowage.serialization.binding.ItemBinding;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
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

  private static final int SHOWN = 200;
  private static final JsonMapper STRICT =
      ItemBinding.mapper(
              JsonFactory.builder()
                  .streamReadConstraints(ItemBinding.readConstraints())
                  .streamWriteConstraints(ItemBinding.writeConstraints())
                  .build())
          .addModule(
              new SimpleModule("stowage-msgpack")
                  .addSerializer(Instant.class, new MomentSerializer())
                  .addDeserializer(Instant.class, new MomentDeserializer()))
          .build();
  private static final ObjectReader FIELDS = STRICT.readerForMapOf(Object.class);
  private static final ObjectReadContext READING_FIELDS = new MapperBinding.Reading(STRICT);

  private final JsonMapper mapper;
  private final ObjectWriteContext writing;
  private final ObjectReadContext reading;
  private final BlockingQueue<Packing> pool =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

  /** The codec as stores use it by default. */
  public MessagePackCodec() {
    this(STRICT);
  }

  /**
   * A codec that binds items with a mapper of the embedder's own, as the mapper is: moments, too,
   * are then in the form that the mapper gives them. {@link #fields} reads strictly, whatever the
   * mapper allows.
   */
  public MessagePackCodec(JsonMapper mapper) {
    this.mapper = mapper;
    this.writing = new MapperBinding.Writing(mapper);
    this.reading = new MapperBinding.Reading(mapper);
  }

  @Override
  public String name() {
    return "msgpack";
  }

  @Override
  public byte[] encode(Object item) {
    Library.require();
    Packing pooled = pool.poll();
    Packing packing = pooled == null ? new Packing() : pooled;
    try {
      packing.clear();
      MessagePackGenerator generator = new MessagePackGenerator(writing, packing);
      mapper.writeValue(generator, item instanceof Document document ? document.asMap() : item);
      return packing.result();
    } catch (JacksonException e) {
      throw unwritable(item, reason(e), e);
    } catch (IOException | ArithmeticException e) {
      throw unwritable(item, shortened(e.getMessage()), e);
    } finally {
      if (packing.isKept()) {
        // A full pool has enough of them.
        boolean unused = pool.offer(packing);
      }
    }
  }

  private static SerializationException unwritable(Object item, String reason, Exception e) {
    return new SerializationException(
        "item of type "
            + item.getClass().getName()
            + " cannot be written as MessagePack: "
            + reason,
        e);
  }

  @Override
  public <T> T decode(byte[] bytes, Class<T> type) {
    Library.require();
    if (type == Document.class) {
      return type.cast(document(bytes));
    }
    T item;
    try (MessagePackParser parser = new MessagePackParser(reading, bytes)) {
      item = mapper.readValue(parser, type);
      requireEnd(parser);
    } catch (JacksonException e) {
      throw unreadable(bytes, type.getName(), e);
    }
    if (item == null) {
      throw new SerializationException("payload is null and no " + type.getName(), null);
    }
    return item;
  }

  private Document document(byte[] bytes) {
    try {
      return Document.of(fields(bytes));
    } catch (IllegalArgumentException e) {
      throw new SerializationException("payload is no document: " + shortened(e.getMessage()), e);
    }
  }

  @Override
  public Map<String, @Nullable Object> fields(byte[] bytes) {
    Library.require();
    LinkedHashMap<String, @Nullable Object> found;
    try (MessagePackParser parser = new MessagePackParser(READING_FIELDS, bytes)) {
      found = FIELDS.readValue(parser);
      requireEnd(parser);
    } catch (JacksonException e) {
      throw unreadable(bytes, "map of fields", e);
    }
    if (found == null) {
      throw new SerializationException("payload is null and no map of fields", null);
    }
    return found;
  }

  /** Refuses bytes after the item; the embedder's mapper need not do so. */
  private static void requireEnd(MessagePackParser parser) {
    if (parser.nextToken() != null) {
      throw new IllegalStateException("parser is at " + parser.currentToken() + " after the item");
    }
  }

  private static SerializationException unreadable(byte[] bytes, String what, JacksonException e) {
    return new SerializationException(
        "payload of " + bytes.length + " bytes is no MessagePack of a " + what + ": " + reason(e),
        e);
  }

  private static String reason(JacksonException e) {
    return shortened(e.getOriginalMessage());
  }

  /** Begins the message only: it may quote what was found, and items may be large. */
  private static String shortened(@Nullable String message) {
    if (message == null) {
      return "no reason given";
    }
    return message.length() <= SHOWN ? message : message.substring(0, SHOWN) + "…";
  }
}
