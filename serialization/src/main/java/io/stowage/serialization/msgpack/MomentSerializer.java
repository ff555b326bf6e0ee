package io.stowage.serialization.msgpack;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ext.javatime.ser.InstantSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes moments as timestamps, unless their property asks for a format of its own. */
final class MomentSerializer extends StdSerializer<Instant> {

  MomentSerializer() {
    super(Instant.class);
  }

  @Override
  public ValueSerializer<?> createContextual(
      SerializationContext context, @Nullable BeanProperty property) {
    JsonFormat.Value format = findFormatOverrides(context, property, Instant.class);
    boolean isPlain = format == null || format.equals(JsonFormat.Value.empty());
    return isPlain ? this : InstantSerializer.INSTANCE.createContextual(context, property);
  }

  @Override
  public void serialize(Instant moment, JsonGenerator generator, SerializationContext context) {
    if (generator instanceof MessagePackGenerator packing) {
      packing.writeMoment(moment);
    } else {
      InstantSerializer.INSTANCE.serialize(moment, generator, context);
    }
  }

  @Override
  public void serializeWithType(
      Instant moment,
      JsonGenerator generator,
      SerializationContext context,
      TypeSerializer typeSerializer) {
    InstantSerializer.INSTANCE.serializeWithType(moment, generator, context, typeSerializer);
  }
}
