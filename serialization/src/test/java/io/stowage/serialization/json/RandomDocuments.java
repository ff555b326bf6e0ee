package io.stowage.serialization.json;

import io.stowage.api.Document;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes documents of every kind of value, nested at random. */
public final class RandomDocuments {

  private final Random random;

  public RandomDocuments(long seed) {
    this.random = new Random(seed);
  }

  public Document next() {
    return Document.of(map(0));
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      map.put(text(), value(depth + 1));
    }
    return map;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 6 ? 8 : 10)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2, 3 -> text();
      case 4 -> wholeNumber();
      case 5 -> Double.longBitsToDouble(finite(random.nextLong()));
      case 6 -> decimal();
      case 7 -> smallDouble();
      case 8 -> map(depth);
      default -> list(depth);
    };
  }

  private static long finite(long bits) {
    return Double.isFinite(Double.longBitsToDouble(bits)) ? bits : 0;
  }

  private Number wholeNumber() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(100) - 50;
      case 1 -> random.nextLong();
      case 2 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
      default -> new BigInteger(random.nextInt(400), random).subtract(BigInteger.TEN);
    };
  }

  private BigDecimal decimal() {
    return new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(1000) - 500);
  }

  private double smallDouble() {
    return switch (random.nextInt(5)) {
      case 0 -> -0.0;
      case 1 -> 0.1f;
      case 2 -> Double.MIN_VALUE;
      case 3 -> random.nextInt(1000);
      default -> random.nextInt(1000) / 100d;
    };
  }

  /** Any code points but surrogates, among them control characters and some beyond U+FFFF. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int bound = List.of(0x20, 0x80, 0x800, 0x1_0000, 0x11_0000).get(random.nextInt(5));
      int codePoint = random.nextInt(bound);
      boolean isSurrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      text.appendCodePoint(isSurrogate ? '"' : codePoint);
    }
    return text.toString();
  }
}
