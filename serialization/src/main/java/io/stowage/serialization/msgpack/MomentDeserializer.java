package io.stowage.serialization.msgpack;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/** Reads moments from timestamps, and from texts as in JSON. */
final class MomentDeserializer extends StdScalarDeserializer<Instant> {

  private final ValueDeserializer<?> texts;

  MomentDeserializer() {
    this(InstantDeserializer.INSTANT);
  }

  private MomentDeserializer(ValueDeserializer<?> texts) {
    super(Instant.class);
    this.texts = texts;
  }

  @Override
  public ValueDeserializer<?> createContextual(
      DeserializationContext context, @Nullable BeanProperty property) {
    return new MomentDeserializer(InstantDeserializer.INSTANT.createContextual(context, property));
  }

  @Override
  public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
    Instant moment = parser instanceof MessagePackParser packed ? packed.moment() : null;
    return moment != null ? moment : (Instant) texts.deserialize(parser, context);
  }
}
