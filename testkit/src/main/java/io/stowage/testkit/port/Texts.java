package io.stowage.testkit.port;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that tempt an adapter to confuse one with another, or text with its own syntax. */
final class Texts {

  /** One more than the length at which an adapter may want to keep a digest instead of a value. */
  private static final String LONG = "v".repeat(1 << 20);

  /** All ASCII control characters, each within an id of its own. */
  private static final List<String> CONTROLS =
      IntStream.concat(IntStream.range(0, 32), IntStream.of(127, 0x85, 0x2028))
          .mapToObj(c -> "c" + (char) c + "d")
          .toList();

  private static final List<String> ODD =
      List.of(
          " ",
          "  ",
          "a b",
          "a",
          "A",
          "a\0",
          "a\0b",
          "\0",
          "\0\0",
          "a\u0001",
          "\u00ff",
          "\u00ffa",
          "line\nbreak",
          "line\r\nbreak",
          "tab\t",
          "{",
          "}",
          "{}",
          "{a}",
          "{a}b",
          "a{b}c",
          "}{",
          ":",
          "::",
          "a:b",
          "a:b:c",
          ":a",
          "a:",
          "*",
          "?",
          "[a]",
          "[^a]",
          "a*",
          "a?c",
          "\\",
          "\\*",
          "a\\",
          "\"quoted\"",
          "'",
          "%",
          "%41",
          "%2A",
          "~",
          "~a",
          "~~",
          "$",
          "$-1",
          "#",
          "+inf",
          "-inf",
          "(1",
          "nil",
          "null",
          "0",
          "00",
          "-1",
          "1.0",
          "1",
          "true",
          "idx",
          "idx:a:b",
          ":idx:a:b",
          "rec:a",
          "item:a",
          "def",
          "definition",
          "meta",
          "$meta",
          "schema",
          "../a",
          "/",
          "<a&b>",
          "é",
          "e\u0301",
          "ß",
          "SS",
          "İ",
          "中文",
          "\uffff",
          "\ue000",
          "😀",
          "👩‍👩‍👧‍👦",
          "\ufeff",
          "\u200b",
          "\u202eabc",
          "i".repeat(255),
          "i".repeat(256),
          "i".repeat(1_025));

  private Texts() {}

  /** Ids: not empty, well-formed, at most 4,096 bytes of UTF-8; all different. */
  static List<String> ids() {
    return Stream.of(
            ODD.stream(), CONTROLS.stream(), Stream.of("x".repeat(4_096), "é".repeat(2_048)))
        .flatMap(texts -> texts)
        .toList();
  }

  /** Values of exact indexes; all different. */
  static List<String> values() {
    return Stream.of(
            Stream.of("", LONG, LONG + "w", "v".repeat((1 << 20) - 1)),
            digestsOf(LONG),
            ODD.stream(),
            CONTROLS.stream())
        .flatMap(texts -> texts)
        .toList();
  }

  /** A text in a message: cut where it is long, with control characters written out. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (char c : text.substring(0, Math.min(text.length(), 40)).toCharArray()) {
      shown.append(c < 32 || c > 126 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return text.length() <= 40 ? shown.toString() : shown + "... (" + text.length() + ")";
  }

  /** What an adapter that shortens long values might put in their place. */
  private static Stream<String> digestsOf(String text) {
    return Stream.of("SHA-1", "SHA-256", "MD5")
        .map(name -> digest(name, text))
        .flatMap(
            digest ->
                Stream.of(
                    HexFormat.of().formatHex(digest),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(digest)))
        .flatMap(digest -> Stream.of(digest, "~" + digest, "#" + digest));
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is not in this JDK", e);
    }
  }
}
