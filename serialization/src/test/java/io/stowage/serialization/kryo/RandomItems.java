package io.stowage.serialization.kryo;

import io.stowage.api.Document;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Makes documents and typed items of every kind of value, nested at random. */
final class RandomItems {

  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "not the name";
      }
    }
  }

  record Part(String name, List<Part> parts, Optional<Color> color) {}

  /** Has a little of everything; no arrays, which records compare by identity. */
  record Item(
      String id,
      Instant createdAt,
      int turn,
      long count,
      double score,
      boolean isOpen,
      Color color,
      Part part,
      List<Part> parts,
      Set<String> tags,
      Map<String, Object> extra,
      Map<Color, Integer> counts,
      Set<Color> colors,
      TreeMap<Long, UUID> ids,
      BigDecimal price,
      BigInteger big) {}

  private final Random random;

  RandomItems(long seed) {
    this.random = new Random(seed);
  }

  Document document() {
    return Document.of(map(0));
  }

  Item item() {
    EnumMap<Color, Integer> counts = new EnumMap<>(Color.class);
    TreeMap<Long, UUID> ids = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      counts.put(color(), random.nextInt());
      ids.put(random.nextLong(), new UUID(random.nextLong(), random.nextLong()));
    }
    return new Item(
        text(),
        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
        random.nextInt(),
        random.nextLong(),
        smallDouble(),
        random.nextBoolean(),
        random.nextBoolean() ? color() : null,
        part(0),
        parts(0),
        Set.of(text() + 1, text() + 2),
        Document.of(map(3)).asMap(),
        counts,
        random.nextBoolean() ? EnumSet.noneOf(Color.class) : EnumSet.of(color()),
        ids,
        decimal(),
        new BigInteger(random.nextInt(300), random));
  }

  private Part part(int depth) {
    return new Part(
        text(), parts(depth + 1), random.nextBoolean() ? Optional.of(color()) : Optional.empty());
  }

  private List<Part> parts(int depth) {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(depth > 2 ? 1 : 3); i > 0; i--) {
      parts.add(part(depth));
    }
    return random.nextBoolean() ? parts : List.copyOf(parts);
  }

  private Color color() {
    return Color.values()[random.nextInt(2)];
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      map.put(text(), value(depth + 1));
    }
    return map;
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 6 ? 8 : 10)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2, 3 -> text();
      case 4 -> wholeNumber();
      case 5 -> anyDouble();
      case 6 -> decimal();
      case 7 -> smallDouble();
      case 8 -> map(depth);
      default -> list(depth);
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private double anyDouble() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : -0.0;
  }

  private Number wholeNumber() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(100) - 50;
      case 1 -> random.nextLong();
      case 2 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
      default -> new BigInteger(random.nextInt(400), random).negate();
    };
  }

  private BigDecimal decimal() {
    return new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(1000) - 500);
  }

  private double smallDouble() {
    return random.nextInt(1000) / 100d;
  }

  /** Any code points but surrogates, among them control characters and some beyond U+FFFF. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int codePoint =
          random.nextInt(List.of(0x20, 0x80, 0x800, 0x1_0000, 0x11_0000).get(random.nextInt(5)));
      boolean isSurrogate =
          Character.MIN_SURROGATE <= codePoint && codePoint <= Character.MAX_SURROGATE;
      text.appendCodePoint(isSurrogate ? '\uFFFD' : codePoint);
    }
    return text.toString();
  }
}
