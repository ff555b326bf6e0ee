package io.stowage.system.kit.storage;

import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Storages, types and codecs that lose values in silence. */
final class LossyStorages {

  private LossyStorages() {}

  /** Saves of a document that is refused what is not: its id alone. */
  static final class SavesARest extends ForwardingStorage {
    SavesARest(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult save(Document item) {
      try {
        return super.save(item);
      } catch (IllegalArgumentException refusal) {
        return super.save(Document.of(Map.of("id", item.id().orElseThrow())));
      }
    }
  }

  /** Saves numbers as doubles. */
  static final class RoundsNumbers extends ForwardingStorage {
    RoundsNumbers(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult save(Document item) {
      Map<String, @Nullable Object> rounded = new LinkedHashMap<>(item.asMap());
      rounded.replaceAll(
          (name, value) ->
              value instanceof BigDecimal number
                  ? (Object)
                      Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number.doubleValue()))
                  : value);
      return super.save(Document.of(rounded));
    }
  }

  /** The type with indexes that take nothing of what they do not know. */
  static <T> ItemType<T> takingWhatIsKnown(ItemType<T> type) {
    ItemType.Builder<T> builder = ItemType.of(type.store(), type.type()).id(type::idOf);
    for (ItemType.Index<T> index : type.indexes()) {
      if (index.kind() == IndexKind.EXACT) {
        builder.index(index.name(), known(index.value()));
      } else {
        builder.range(index.name(), known(index.value()));
      }
    }
    type.order().ifPresent(order -> builder.orderedBy(order.name(), known(order.value())));
    return builder.build();
  }

  private static <T> Function<T, @Nullable Object> known(
      Function<? super T, ? extends @Nullable Object> function) {
    return item -> {
      Object value = function.apply(item);
      Object first = value instanceof Collection<?> some ? some.iterator().next() : value;
      boolean isKnown = first == null || first.getClass().getName().startsWith("java.");
      return isKnown ? value : null;
    };
  }

  /** Writes what a mapper writes, whether or not that can be read. */
  static final class TrustingCodec implements SerializationPort {

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final JsonCodec right = new JsonCodec();

    @Override
    public String name() {
      return "json";
    }

    @Override
    public byte[] encode(Object item) {
      try {
        return mapper.writeValueAsBytes(
            item instanceof Document document ? document.asMap() : item);
      } catch (JacksonException e) {
        throw new SerializationException(e.getOriginalMessage(), e);
      }
    }

    @Override
    public <T> T decode(byte[] bytes, Class<T> type) {
      try {
        return mapper.readValue(bytes, type);
      } catch (JacksonException e) {
        throw new SerializationException(e.getOriginalMessage(), e);
      }
    }

    @Override
    public Map<String, @Nullable Object> fields(byte[] bytes) {
      return right.fields(bytes);
    }
  }

  /** Stores constants by their texts and does not say so: their names are taken for that. */
  static final class SilentCodec implements SerializationPort {

    private final JsonCodec right =
        new JsonCodec(
            JsonMapper.builder()
                .enable(
                    EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .build());

    @Override
    public String name() {
      return right.name();
    }

    @Override
    public byte[] encode(Object item) {
      return right.encode(item);
    }

    @Override
    public <T> T decode(byte[] bytes, Class<T> type) {
      return right.decode(bytes, type);
    }

    @Override
    public Map<String, @Nullable Object> fields(byte[] bytes) {
      return right.fields(bytes);
    }
  }

  /** Finds items by entries of their former shape. */
  static final class TrustsFormerEntries extends ForwardingStorage {

    private final Storage<Document> right;
    private final Storage<Document> former;

    TrustsFormerEntries(Storage<Document> right, Storage<Document> former) {
      super(right);
      this.right = right;
      this.former = former;
    }

    @Override
    public List<Document> list(Query query) {
      return former.list(query, unreadable -> {}).stream()
          .flatMap(item -> right.load(item.id().orElseThrow()).stream())
          .toList();
    }
  }

  /** Says of every item that it was stored. */
  static final class SaysStored extends ForwardingStorage {
    SaysStored(Storage<Document> right) {
      super(right);
    }

    @Override
    public WriteResult save(Document item) {
      try {
        return super.save(item);
      } catch (StorageException refusal) {
        String id = item.id().orElseThrow();
        return new WriteResult(id, WriteResult.Status.STORED, Version.of(1, 1));
      }
    }
  }
}
