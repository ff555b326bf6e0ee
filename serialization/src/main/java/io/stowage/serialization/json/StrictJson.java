package io.stowage.serialization.json;

import io.stowage.api.Loss;
import io.stowage.serialization.binding.ItemBinding;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Writes and checks JSON that comes back as it was, or refuses it. */
final class StrictJson {

  static final JsonMapper MAPPER = mapper(Set.of());

  /** The same for items that are stored otherwise, and need not be read from their JSON. */
  private static final JsonMapper VIEW = mapper(ItemBinding::view, new DistinctNames());

  private StrictJson() {}

  /**
   * The JSON of an item. Texts are checked in the result and not one by one: that takes a tenth of
   * the time, since nearly all JSON is short and free of escapes.
   */
  static byte[] write(Object item) {
    return readable(MAPPER.writeValueAsBytes(item));
  }

  /**
   * What writes the JSON of items as {@link #write} does, but for some losses.
   *
   * @param accepted what may come back otherwise
   */
  static Function<Object, byte[]> accepting(Set<Loss> accepted) {
    JsonMapper lenient = mapper(accepted);
    return item -> readable(lenient.writeValueAsBytes(item));
  }

  private static JsonMapper mapper(Set<Loss> accepted) {
    return mapper(factory -> ItemBinding.mapper(factory, accepted), new DistinctNames());
  }

  /** The JSON in which the fields of an item are looked at. */
  static byte[] writeView(Object item) {
    return readable(VIEW.writeValueAsBytes(item));
  }

  private static byte[] readable(byte[] json) {
    Surrogates.requirePairs(json);
    if (json.length > ItemBinding.MAX_TEXT_LENGTH) {
      requireReadable(json);
    }
    return json;
  }

  /** Meets every limit of reading, and those of texts and names. */
  private static void requireReadable(byte[] json) throws JacksonException {
    try (JsonParser parser = MAPPER.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
          requireReadable(parser.getStringLength());
        }
      }
    }
  }

  private static void requireReadable(int textLength) {
    if (textLength > ItemBinding.MAX_TEXT_LENGTH) {
      throw new StreamWriteException(null, ItemBinding.tooLong(textLength));
    }
  }

  private static JsonMapper mapper(
      Function<JsonFactory, JsonMapper.Builder> binding, DistinctNames distinct) {
    return binding
        .apply(factory(distinct))
        .addModule(new SimpleModule("distinct-names").setSerializerModifier(distinct))
        .build();
  }

  private static JsonFactory factory(DistinctNames distinct) {
    return new StrictFactory(
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(ItemBinding.readConstraints())
            .streamWriteConstraints(ItemBinding.writeConstraints()),
        distinct);
  }
}
