package io.stowage.serialization.msgpack;

import io.stowage.serialization.binding.ItemBinding;
import io.stowage.serialization.binding.OpenNames;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.Version;
import tools.jackson.core.base.ParserMinimalBase;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.core.util.SimpleStreamReadContext;

/**
 * The tokens of a packed item, which are those of its JSON: binary data and moments are texts to
 * whoever does not ask for more, in Base64 and ISO-8601.
 */
final class MessagePackParser extends ParserMinimalBase {

  private final Unpacking unpacking;
  private final int length;
  private final OpenNames names = new OpenNames();
  private SimpleStreamReadContext context = SimpleStreamReadContext.createRootContext(null);

  /** By depth, how many elements of an array or pairs of a map are still to come. */
  private int[] left = new int[16];

  /** A text, {@code byte[]}, {@code Instant}, {@code Long}, or another number. */
  private @Nullable Object value;

  MessagePackParser(ObjectReadContext binding, byte[] bytes) {
    super(binding);
    this.unpacking = new Unpacking(bytes);
    this.length = bytes.length;
  }

  @Override
  public @Nullable JsonToken nextToken() {
    if (_closed) {
      return null;
    }
    try {
      return _nullSafeUpdateToken(following());
    } catch (Unpacking.Refusal e) {
      throw new StreamReadException(this, e.getMessage(), e);
    }
  }

  private @Nullable JsonToken following() throws Unpacking.Refusal {
    if (context.inRoot()) {
      return root();
    }
    int depth = context.getNestingDepth();
    if (context.inArray()) {
      if (left[depth] == 0) {
        context = context.clearAndGetParent();
        return JsonToken.END_ARRAY;
      }
      left[depth]--;
      return next();
    }
    if (_currToken == JsonToken.PROPERTY_NAME) {
      return next();
    }
    if (left[depth] == 0) {
      names.end();
      context = context.clearAndGetParent();
      return JsonToken.END_OBJECT;
    }
    left[depth]--;
    return name();
  }

  private @Nullable JsonToken root() throws Unpacking.Refusal {
    if (_currToken == null && unpacking.position() == 0) {
      return next();
    }
    if (unpacking.position() < length) {
      throw new Unpacking.Refusal(
          (length - unpacking.position()) + " bytes follow the item, which ends before them");
    }
    return null;
  }

  private JsonToken name() throws Unpacking.Refusal {
    MessageFormat format = unpacking.next();
    switch (format) {
      case FIXSTR, STR8, STR16, STR32 -> {}
      default -> throw new Unpacking.Refusal("a name is of the format " + format + ", no text");
    }
    String name = unpacking.text();
    if (!names.add(name)) {
      throw new Unpacking.Refusal("a name is there twice in one map");
    }
    context.setCurrentName(name);
    return JsonToken.PROPERTY_NAME;
  }

  private JsonToken next() throws Unpacking.Refusal {
    MessageFormat format = unpacking.next();
    return switch (format) {
      case NIL -> {
        unpacking.read(Skip.NIL);
        yield JsonToken.VALUE_NULL;
      }
      case BOOLEAN ->
          unpacking.read(MessageUnpacker::unpackBoolean)
              ? JsonToken.VALUE_TRUE
              : JsonToken.VALUE_FALSE;
      case POSFIXINT, NEGFIXINT, UINT8, UINT16, UINT32, INT8, INT16, INT32, INT64 ->
          holding(unpacking.read(MessageUnpacker::unpackLong), JsonToken.VALUE_NUMBER_INT);
      case UINT64 ->
          holding(
              smallest(unpacking.read(MessageUnpacker::unpackBigInteger)),
              JsonToken.VALUE_NUMBER_INT);
      case FLOAT32 -> {
        float number = unpacking.read(MessageUnpacker::unpackFloat);
        unpacking.number(number);
        yield holding(number, JsonToken.VALUE_NUMBER_FLOAT);
      }
      case FLOAT64 ->
          holding(
              unpacking.number(unpacking.read(MessageUnpacker::unpackDouble)),
              JsonToken.VALUE_NUMBER_FLOAT);
      case FIXSTR, STR8, STR16, STR32 -> holding(unpacking.text(), JsonToken.VALUE_STRING);
      case BIN8, BIN16, BIN32 -> holding(unpacking.binary(), JsonToken.VALUE_STRING);
      case FIXARRAY, ARRAY16, ARRAY32 -> {
        int size = unpacking.arraySize();
        context = context.createChildArrayContext(-1, -1);
        yield opened(size, JsonToken.START_ARRAY);
      }
      case FIXMAP, MAP16, MAP32 -> {
        int size = unpacking.mapSize();
        context = context.createChildObjectContext(-1, -1);
        names.begin();
        yield opened(size, JsonToken.START_OBJECT);
      }
      case FIXEXT1, FIXEXT2, FIXEXT4, FIXEXT8, FIXEXT16, EXT8, EXT16, EXT32 -> extension();
      case NEVER_USED -> throw new Unpacking.Refusal("the byte 0xC1 begins no value");
    };
  }

  /** The one value that is only passed over. */
  private enum Skip implements Unpacking.Read<Skip> {
    NIL;

    @Override
    public Skip from(MessageUnpacker unpacker) throws IOException {
      unpacker.unpackNil();
      return this;
    }
  }

  private JsonToken holding(Object read, JsonToken token) {
    value = read;
    return token;
  }

  private JsonToken opened(int size, JsonToken token) {
    int depth = context.getNestingDepth();
    streamReadConstraints().validateNestingDepth(depth);
    if (depth > ItemBinding.MAX_DEPTH) {
      throw new StreamReadException(
          this,
          "item is nested " + depth + " levels deep; allowed are at most " + ItemBinding.MAX_DEPTH);
    }
    if (depth == left.length) {
      left = Arrays.copyOf(left, depth * 2);
    }
    left[depth] = size;
    return token;
  }

  private JsonToken extension() throws Unpacking.Refusal {
    Object read = unpacking.extension();
    if (read instanceof BigInteger number) {
      return holding(smallest(number), JsonToken.VALUE_NUMBER_INT);
    }
    return holding(
        read, read instanceof BigDecimal ? JsonToken.VALUE_NUMBER_FLOAT : JsonToken.VALUE_STRING);
  }

  private static Number smallest(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }

  /** The moment at which the parser is; null if it is at anything else. */
  @Nullable Instant moment() {
    return _currToken == JsonToken.VALUE_STRING && value instanceof Instant moment ? moment : null;
  }

  // Texts

  @Override
  @SuppressWarnings("NullAway") // Jackson answers null where there is no token
  public String getString() {
    if (_currToken == null) {
      return null;
    }
    return switch (_currToken) {
      case PROPERTY_NAME -> context.currentName();
      case VALUE_STRING -> text();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> String.valueOf(value);
      default -> _currToken.asString();
    };
  }

  private String text() {
    return value instanceof byte[] binary
        ? Base64Variants.getDefaultVariant().encode(binary)
        : String.valueOf(value);
  }

  @Override
  public int getString(Writer writer) {
    String text = getString();
    if (text == null) {
      return 0;
    }
    try {
      writer.write(text);
    } catch (IOException e) {
      throw _wrapIOFailure(e);
    }
    return text.length();
  }

  @Override
  @SuppressWarnings("NullAway")
  public char[] getStringCharacters() {
    String text = getString();
    return text == null ? null : text.toCharArray();
  }

  @Override
  public boolean hasStringCharacters() {
    return false;
  }

  @Override
  public int getStringLength() {
    String text = getString();
    return text == null ? 0 : text.length();
  }

  @Override
  public int getStringOffset() {
    return 0;
  }

  @Override
  public byte[] getBinaryValue(Base64Variant variant) {
    if (_currToken != JsonToken.VALUE_STRING) {
      return _reportError("token is %s, which holds no binary data", _currToken);
    }
    if (value instanceof byte[] binary) {
      return binary;
    }
    ByteArrayBuilder decoded = new ByteArrayBuilder();
    _decodeBase64(text(), decoded, variant);
    return decoded.toByteArray();
  }

  // Numbers

  private Number number() {
    boolean isNumber =
        _currToken == JsonToken.VALUE_NUMBER_INT || _currToken == JsonToken.VALUE_NUMBER_FLOAT;
    if (isNumber && value instanceof Number number) {
      return number;
    }
    throw _constructNotNumericType(_currToken, NR_UNKNOWN);
  }

  @Override
  public JsonParser.@Nullable NumberType getNumberType() {
    if (_currToken != JsonToken.VALUE_NUMBER_INT && _currToken != JsonToken.VALUE_NUMBER_FLOAT) {
      return null;
    }
    Number number = number();
    if (number instanceof Long whole) {
      return whole.intValue() == whole ? NumberType.INT : NumberType.LONG;
    }
    if (number instanceof BigInteger) {
      return NumberType.BIG_INTEGER;
    }
    if (number instanceof BigDecimal) {
      return NumberType.BIG_DECIMAL;
    }
    return number instanceof Float ? NumberType.FLOAT : NumberType.DOUBLE;
  }

  @Override
  public NumberTypeFP getNumberTypeFP() {
    if (_currToken != JsonToken.VALUE_NUMBER_FLOAT) {
      return NumberTypeFP.UNKNOWN;
    }
    if (value instanceof BigDecimal) {
      return NumberTypeFP.BIG_DECIMAL;
    }
    return value instanceof Float ? NumberTypeFP.FLOAT32 : NumberTypeFP.DOUBLE64;
  }

  @Override
  public Number getNumberValue() {
    Number number = number();
    return number instanceof Long whole && whole.intValue() == whole
        ? (Number) whole.intValue()
        : number;
  }

  @Override
  public Number getNumberValueExact() {
    return getNumberValue();
  }

  @Override
  public Object getNumberValueDeferred() {
    return getNumberValue();
  }

  @Override
  public int getIntValue() {
    long whole = getLongValue();
    if ((int) whole != whole) {
      _reportOverflowInt(getString());
    }
    return (int) whole;
  }

  @Override
  public long getLongValue() {
    if (number() instanceof Long whole) {
      return whole;
    }
    BigInteger whole = getBigIntegerValue();
    if (whole.bitLength() >= Long.SIZE) {
      _reportOverflowLong(getString());
    }
    return whole.longValue();
  }

  @Override
  public BigInteger getBigIntegerValue() {
    Number number = number();
    if (number instanceof BigInteger whole) {
      return whole;
    }
    if (number instanceof Long whole) {
      return BigInteger.valueOf(whole);
    }
    BigDecimal decimal = getDecimalValue();
    streamReadConstraints().validateBigIntegerScale(decimal.scale());
    return decimal.toBigInteger();
  }

  @Override
  public float getFloatValue() {
    return number().floatValue();
  }

  /** A single-precision number is the double of its shortest text, as it is in JSON. */
  @Override
  public double getDoubleValue() {
    Number number = number();
    return number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
  }

  @Override
  public BigDecimal getDecimalValue() {
    Number number = number();
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }

  @Override
  public boolean isNaN() {
    return false;
  }

  @Override
  public @Nullable Object getEmbeddedObject() {
    return null;
  }

  // Where the parser is

  @Override
  public TokenStreamContext streamReadContext() {
    return context;
  }

  @Override
  @SuppressWarnings("NullAway")
  public String currentName() {
    boolean isStart = _currToken == JsonToken.START_OBJECT || _currToken == JsonToken.START_ARRAY;
    SimpleStreamReadContext parent = context.getParent();
    return isStart && parent != null ? parent.currentName() : context.currentName();
  }

  @Override
  public @Nullable Object currentValue() {
    return context.currentValue();
  }

  @Override
  public void assignCurrentValue(@Nullable Object assigned) {
    context.assignCurrentValue(assigned);
  }

  @Override
  public TokenStreamLocation currentTokenLocation() {
    return currentLocation();
  }

  @Override
  public TokenStreamLocation currentLocation() {
    return new TokenStreamLocation(ContentReference.unknown(), unpacking.position(), -1, -1);
  }

  @Override
  public @Nullable Object streamReadInputSource() {
    return null;
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void finishToken() {
    // Every value is read at once.
  }

  @Override
  protected void _handleEOF() {
    _reportInvalidEOF();
  }

  @Override
  protected void _closeInput() {
    // There is nothing to close.
  }

  @Override
  protected void _releaseBuffers() {
    // There are none.
  }
}
