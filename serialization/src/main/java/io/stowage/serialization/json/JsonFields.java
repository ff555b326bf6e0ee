package io.stowage.serialization.json;

import io.stowage.serialization.binding.CodecFailures;
import io.stowage.spi.SerializationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The fields that items have in JSON, whether or not they could be read back from it. */
public final class JsonFields {

  private static final CodecFailures FAILURES = new CodecFailures("JSON");
  private static final JsonCodec CODEC = new JsonCodec();

  private JsonFields() {}

  /**
   * The fields of an item.
   *
   * @throws SerializationException if JSON cannot show it
   */
  public static Map<String, @Nullable Object> of(Object item) {
    try {
      return CODEC.fields(StrictJson.writeView(item));
    } catch (JacksonException e) {
      throw FAILURES.unwritable(item, e);
    }
  }
}
