package io.stowage.serialization.json;

import io.stowage.serialization.binding.ItemBinding;
import io.stowage.serialization.binding.OpenNames;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.UTF8JsonGenerator;

/**
 * Refuses numbers that JSON cannot hold or that could not be read back, and names that an object
 * has already. A generator of its own and not one around Jackson's: that would cost a quarter of
 * the time that writing an item takes.
 */
final class StrictGenerator extends UTF8JsonGenerator {

  private final OpenNames names = new OpenNames();

  @SuppressWarnings("NullAway") // no separator, escapes or printer: compact JSON has none of them
  StrictGenerator(
      ObjectWriteContext context,
      IOContext io,
      int streamFeatures,
      int formatFeatures,
      OutputStream out,
      char quote) {
    super(context, io, streamFeatures, formatFeatures, out, null, null, null, 0, quote);
  }

  @Override
  public JsonGenerator writeName(String name) {
    add(name);
    return super.writeName(name);
  }

  @Override
  public JsonGenerator writeName(SerializableString name) {
    add(name.getValue());
    return super.writeName(name);
  }

  @Override
  public JsonGenerator writeEndObject() {
    if (_streamWriteContext.hasCurrentIndex()) {
      names.end();
    }
    return super.writeEndObject();
  }

  private void add(String name) {
    if (!_streamWriteContext.hasCurrentIndex()) {
      names.begin();
    }
    if (!names.add(name)) {
      throw new StreamWriteException(this, "name '" + name + "' is there twice in one object");
    }
  }

  @Override
  public JsonGenerator writeNumber(double number) {
    require(ItemBinding.refusal(number));
    return super.writeNumber(number);
  }

  @Override
  public JsonGenerator writeNumber(float number) {
    require(ItemBinding.refusal(number));
    return super.writeNumber(number);
  }

  @Override
  public JsonGenerator writeNumber(@Nullable BigInteger number) {
    require(ItemBinding.refusal(number));
    return super.writeNumber(number);
  }

  @Override
  public JsonGenerator writeNumber(@Nullable BigDecimal number) {
    require(ItemBinding.refusal(number));
    return super.writeNumber(number);
  }

  private void require(@Nullable String refusal) {
    if (refusal != null) {
      throw new StreamWriteException(this, refusal);
    }
  }
}
