package io.stowage.adapter.redis.common.topology;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A glob pattern, as {@code SCAN} takes it, for keys that come by another way: {@code *}, {@code
 * ?}, characters in brackets, and a backslash before any of these. Each byte is a character.
 */
final class GlobPattern {

  private final Pattern regex;

  GlobPattern(byte[] glob) {
    StringBuilder text = new StringBuilder();
    String pattern = new String(glob, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> text.append(".*");
        case '?' -> text.append('.');
        case '[' -> {
          int end = pattern.indexOf(']', i + 1);
          if (end < 0) {
            throw new IllegalArgumentException("pattern '" + pattern + "' has no ']' after '['");
          }
          text.append(characters(pattern.substring(i + 1, end)));
          i = end;
        }
        case '\\' -> {
          i = Math.min(i + 1, pattern.length() - 1);
          text.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
        }
        default -> text.append(Pattern.quote(String.valueOf(c)));
      }
    }
    this.regex = Pattern.compile(text.toString(), Pattern.DOTALL);
  }

  private static String characters(String inBrackets) {
    return "[" + inBrackets.replaceAll("[\\\\\\[&]", "\\\\$0") + "]";
  }

  boolean matches(byte[] key) {
    return regex.matcher(new String(key, StandardCharsets.ISO_8859_1)).matches();
  }
}
