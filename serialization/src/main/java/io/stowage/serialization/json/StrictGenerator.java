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

  private final DistinctNames distinct;
  private final OpenNames names = new OpenNames();

  /** How many objects are open. */
  private int depth;

  /** A bit for each of the outer open objects by its depth: 1 if its names need no comparing. */
  private long trusted;

  /** The same of those that are maps. */
  private long maps;

  @SuppressWarnings("NullAway") // no separator, escapes or printer: compact JSON has none of them
  StrictGenerator(
      ObjectWriteContext context,
      IOContext io,
      int streamFeatures,
      int formatFeatures,
      OutputStream out,
      char quote,
      DistinctNames distinct) {
    super(context, io, streamFeatures, formatFeatures, out, null, null, null, 0, quote);
    this.distinct = distinct;
  }

  @Override
  public JsonGenerator writeStartObject() {
    super.writeStartObject();
    begin(null);
    return this;
  }

  @Override
  public JsonGenerator writeStartObject(@Nullable Object value) {
    super.writeStartObject(value);
    begin(value);
    return this;
  }

  @Override
  public JsonGenerator writeStartObject(@Nullable Object value, int size) {
    super.writeStartObject(value, size);
    begin(value);
    return this;
  }

  private void begin(@Nullable Object value) {
    depth++;
    if (depth >= Long.SIZE) {
      names.begin();
      return;
    }
    long bit = 1L << depth;
    boolean isMap = DistinctNames.isOfTexts(value);
    if (isMap || distinct.areOf(value)) {
      trusted |= bit;
      maps = isMap ? maps | bit : maps & ~bit;
    } else {
      compareFromHere();
    }
  }

  private void compareFromHere() {
    trusted &= ~(1L << depth);
    names.begin();
  }

  @Override
  public JsonGenerator writeEndObject() {
    if (_streamWriteContext.inObject()) {
      if (!isTrusted()) {
        names.end();
      }
      depth--;
    }
    return super.writeEndObject();
  }

  private boolean isTrusted() {
    return depth < Long.SIZE && (trusted & 1L << depth) != 0;
  }

  /**
   * A name that is no property of a class: from here on the names of such an object are compared.
   */
  @Override
  public JsonGenerator writeName(String name) {
    if (!isTrusted()) {
      add(name);
    } else if ((maps & 1L << depth) == 0) {
      compareFromHere();
      add(name);
    }
    return super.writeName(name);
  }

  @Override
  public JsonGenerator writeName(SerializableString name) {
    if (!isTrusted()) {
      add(name.getValue());
    }
    return super.writeName(name);
  }

  private void add(String name) {
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
