package io.stowage.serialization.msgpack;

import io.stowage.serialization.binding.ItemBinding;
import io.stowage.serialization.binding.OpenNames;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.Version;
import tools.jackson.core.base.GeneratorBase;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JacksonFeatureSet;
import tools.jackson.core.util.SimpleStreamWriteContext;

/** Packs the tokens of one item, and refuses what could not be read back. */
final class MessagePackGenerator extends GeneratorBase {

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final int UNSIGNED_BITS = 64;

  private final Packing packing;
  private final OpenNames names = new OpenNames();
  private SimpleStreamWriteContext context = SimpleStreamWriteContext.createRootContext(null);

  MessagePackGenerator(ObjectWriteContext binding, Packing packing) {
    super(binding, io(), 0);
    this.packing = packing;
  }

  @SuppressWarnings("NullAway") // bytes have no encoding
  private static IOContext io() {
    return new IOContext(
        StreamReadConstraints.defaults(),
        ItemBinding.writeConstraints(),
        ErrorReportConfiguration.defaults(),
        new BufferRecycler(),
        ContentReference.unknown(),
        false,
        null);
  }

  /** One step of packing; the packer declares I/O, but it writes to memory. */
  private interface Step {
    void run() throws IOException;
  }

  private JsonGenerator value(Step step) {
    _verifyValueWrite("write a value");
    return pack(step);
  }

  private JsonGenerator pack(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw JacksonIOException.construct(e, this);
    }
    return this;
  }

  @Override
  protected void _verifyValueWrite(String what) {
    if (!context.writeValue()) {
      throw refusal("cannot " + what + ": a name is expected");
    }
    if (!context.inObject()) {
      packing.containers.grow();
    }
  }

  @Override
  public JsonGenerator writeStartArray() {
    return writeStartArray(null);
  }

  @Override
  public JsonGenerator writeStartArray(@Nullable Object forValue) {
    _verifyValueWrite("start an array");
    begin(false);
    context = context.createChildArrayContext(forValue);
    return checkDepth();
  }

  @Override
  public JsonGenerator writeEndArray() {
    if (!context.inArray()) {
      throw refusal("cannot end an array: none is open");
    }
    return end();
  }

  @Override
  public JsonGenerator writeStartObject() {
    return writeStartObject(null);
  }

  @Override
  public JsonGenerator writeStartObject(@Nullable Object forValue) {
    _verifyValueWrite("start an object");
    begin(true);
    names.begin();
    context = context.createChildObjectContext(forValue);
    return checkDepth();
  }

  @Override
  public JsonGenerator writeEndObject() {
    if (!context.inObject()) {
      throw refusal("cannot end an object: none is open");
    }
    names.end();
    return end();
  }

  private void begin(boolean isMap) {
    packing.containers.begin(isMap, packing.packer.getTotalWrittenBytes());
  }

  private JsonGenerator checkDepth() {
    streamWriteConstraints().validateNestingDepth(context.getNestingDepth());
    return this;
  }

  private JsonGenerator end() {
    packing.containers.end();
    context = context.clearAndGetParent();
    return this;
  }

  @Override
  public JsonGenerator writeName(String name) {
    if (!context.writeName(name)) {
      throw refusal("cannot write the name '" + name + "': a value is expected");
    }
    if (!names.add(name)) {
      throw refusal("name '" + name + "' is there twice in one object");
    }
    packing.containers.grow();
    return pack(() -> packText(name));
  }

  @Override
  public JsonGenerator writePropertyId(long id) {
    return writeName(Long.toString(id));
  }

  @Override
  public JsonGenerator writeString(@Nullable String text) {
    return text == null ? writeNull() : value(() -> packText(text));
  }

  @Override
  public JsonGenerator writeString(Reader reader, int length) {
    throw refusal("a text behind a reader cannot be written");
  }

  @Override
  public JsonGenerator writeString(char[] buffer, int offset, int length) {
    return writeString(new String(buffer, offset, length));
  }

  @Override
  public JsonGenerator writeString(SerializableString text) {
    return writeString(text.getValue());
  }

  @Override
  public JsonGenerator writeRawUTF8String(byte[] buffer, int offset, int length) {
    return writeUTF8String(buffer, offset, length);
  }

  @Override
  public JsonGenerator writeUTF8String(byte[] buffer, int offset, int length) {
    return writeString(new String(buffer, offset, length, StandardCharsets.UTF_8));
  }

  private void packText(String text) throws IOException {
    String refusal = ItemBinding.refusal(text);
    if (refusal != null) {
      throw refusal(refusal);
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    packing.packer.packRawStringHeader(utf8.length);
    packing.packer.writePayload(utf8);
  }

  @Override
  public JsonGenerator writeRaw(String text) {
    throw rawRefusal();
  }

  @Override
  public JsonGenerator writeRaw(String text, int offset, int length) {
    throw rawRefusal();
  }

  @Override
  public JsonGenerator writeRaw(char[] text, int offset, int length) {
    throw rawRefusal();
  }

  @Override
  public JsonGenerator writeRaw(char character) {
    throw rawRefusal();
  }

  private StreamWriteException rawRefusal() {
    return refusal("raw JSON cannot be written as MessagePack");
  }

  @Override
  public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
    return value(
        () -> {
          packing.packer.packBinaryHeader(length);
          packing.packer.writePayload(data, offset, length);
        });
  }

  /** Writes a moment in seconds and nanoseconds. */
  JsonGenerator writeMoment(Instant moment) {
    return value(() -> packing.packer.packTimestamp(moment));
  }

  @Override
  public JsonGenerator writeNumber(short number) {
    return writeNumber((long) number);
  }

  @Override
  public JsonGenerator writeNumber(int number) {
    return writeNumber((long) number);
  }

  @Override
  public JsonGenerator writeNumber(long number) {
    return value(() -> packing.packer.packLong(number));
  }

  @Override
  public JsonGenerator writeNumber(@Nullable BigInteger number) {
    if (number == null) {
      return writeNull();
    }
    require(ItemBinding.refusal(number));
    boolean fits =
        number.signum() < 0 ? number.compareTo(LEAST) >= 0 : number.bitLength() <= UNSIGNED_BITS;
    return fits
        ? value(() -> packing.packer.packBigInteger(number))
        : value(() -> packExtension(Extension.BIG_INTEGER, number.toByteArray()));
  }

  @Override
  public JsonGenerator writeNumber(double number) {
    require(ItemBinding.refusal(number));
    return value(() -> packing.packer.packDouble(number));
  }

  @Override
  public JsonGenerator writeNumber(float number) {
    require(ItemBinding.refusal(number));
    return value(() -> packing.packer.packFloat(number));
  }

  /** A decimal without a fraction's point in its JSON is a whole number, there as here. */
  @Override
  public JsonGenerator writeNumber(@Nullable BigDecimal number) {
    if (number == null) {
      return writeNull();
    }
    require(ItemBinding.refusal(number));
    if (number.scale() == 0) {
      return writeNumber(number.unscaledValue());
    }
    byte[] unscaled = number.unscaledValue().toByteArray();
    ByteBuffer decimal = ByteBuffer.allocate(Integer.BYTES + unscaled.length);
    decimal.putInt(number.scale()).put(unscaled);
    return value(() -> packExtension(Extension.DECIMAL, decimal.array()));
  }

  private void packExtension(byte type, byte[] payload) throws IOException {
    packing.packer.packExtensionTypeHeader(type, payload.length);
    packing.packer.writePayload(payload);
  }

  @Override
  public JsonGenerator writeNumber(String number) {
    if (number.length() > ItemBinding.MAX_NUMBER_LENGTH) {
      throw refusal(
          "number has "
              + number.length()
              + " characters; allowed are at most "
              + ItemBinding.MAX_NUMBER_LENGTH);
    }
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(number);
    } catch (NumberFormatException e) {
      throw (StreamWriteException) refusal("text '" + number + "' is no number").initCause(e);
    }
    return writeNumber(decimal);
  }

  @Override
  public JsonGenerator writeBoolean(boolean state) {
    return value(() -> packing.packer.packBoolean(state));
  }

  @Override
  public JsonGenerator writeNull() {
    return value(packing.packer::packNil);
  }

  private void require(@Nullable String refusal) {
    if (refusal != null) {
      throw refusal(refusal);
    }
  }

  private StreamWriteException refusal(String reason) {
    return new StreamWriteException(this, reason);
  }

  @Override
  public TokenStreamContext streamWriteContext() {
    return context;
  }

  @Override
  public @Nullable Object currentValue() {
    return context.currentValue();
  }

  @Override
  public void assignCurrentValue(@Nullable Object value) {
    context.assignCurrentValue(value);
  }

  /** None: what has a text in JSON, such as a UUID, shall have the same here. */
  @Override
  public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
    return DEFAULT_WRITE_CAPABILITIES;
  }

  @Override
  public @Nullable Object streamWriteOutputTarget() {
    return null;
  }

  @Override
  public int streamWriteOutputBuffered() {
    return -1;
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void flush() {
    // The packed item is taken when it is complete.
  }

  @Override
  protected void _closeInput() {
    // There is nothing to close.
  }

  @Override
  protected void _releaseBuffers() {
    // The buffers belong to the packing.
  }
}
