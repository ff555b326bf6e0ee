package io.stowage.serialization.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** Refuses to write what JSON cannot hold or what could not be read back. */
final class RefusingGenerator extends JsonGeneratorDelegate {

  /** Numbers of so many bits have fewer digits than the longest number that is read. */
  private static final int MAX_BITS = 33_000;

  RefusingGenerator(JsonGenerator generator) {
    super(generator, true);
  }

  @Override
  public JsonGenerator writeName(String name) {
    return super.writeName(checked(name));
  }

  @Override
  public JsonGenerator writeName(SerializableString name) {
    checked(name.getValue());
    return super.writeName(name);
  }

  @Override
  public JsonGenerator writeString(String text) {
    return super.writeString(checked(text));
  }

  @Override
  public JsonGenerator writeString(SerializableString text) {
    checked(text.getValue());
    return super.writeString(text);
  }

  @Override
  public JsonGenerator writeString(char[] buffer, int offset, int length) {
    return writeString(new String(buffer, offset, length));
  }

  @Override
  public JsonGenerator writeNumber(double number) {
    return super.writeNumber(checked(number));
  }

  @Override
  public JsonGenerator writeNumber(float number) {
    checked(number);
    return super.writeNumber(number);
  }

  @Override
  public JsonGenerator writeArray(double[] numbers, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      checked(numbers[i]);
    }
    return super.writeArray(numbers, offset, length);
  }

  @Override
  public JsonGenerator writeNumber(BigInteger number) {
    checkBits(number);
    return super.writeNumber(number);
  }

  @Override
  public JsonGenerator writeNumber(BigDecimal number) {
    checkBits(number.unscaledValue());
    return super.writeNumber(number);
  }

  private double checked(double number) {
    if (!Double.isFinite(number)) {
      throw refusal("number is " + number + "; JSON holds finite numbers only");
    }
    return number;
  }

  private void checkBits(BigInteger number) {
    if (number.bitLength() > MAX_BITS) {
      throw refusal("number has " + number.bitLength() + " bits; allowed are at most " + MAX_BITS);
    }
  }

  private String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean isPair =
            Character.isHighSurrogate(unit)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          throw refusal("text has a lone surrogate at position " + i + ", which UTF-8 cannot hold");
        }
        i++;
      }
    }
    return text;
  }

  private StreamWriteException refusal(String reason) {
    return new StreamWriteException(delegate, reason);
  }
}
