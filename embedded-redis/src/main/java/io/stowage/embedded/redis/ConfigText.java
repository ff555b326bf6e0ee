package io.stowage.embedded.redis;

import java.nio.charset.StandardCharsets;

/** The syntax of redis.conf. */
final class ConfigText {

  private ConfigText() {}

  /** One argument, whatever characters it holds. */
  static String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      if (octet == '"' || octet == '\\') {
        quoted.append('\\').append((char) octet);
      } else if (octet >= ' ' && octet < 0x7f) {
        quoted.append((char) octet);
      } else {
        quoted.append(String.format("\\x%02x", octet));
      }
    }
    return quoted.append('"').toString();
  }
}
