package io.stowage.embedded.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of itself.
 *
 * @param product such as {@code Redis} or {@code Valkey}
 * @param number such as {@code 7.0.15}
 */
record ServerVersion(String product, String number) {

  private static final Pattern LINE =
      Pattern.compile("^(\\w+) server v=(\\d+\\.\\d+\\.\\d+)", Pattern.MULTILINE);

  /** Reads the output of {@code --version}, if it is one of a server. */
  static Optional<ServerVersion> parse(String output) {
    Matcher matcher = LINE.matcher(output);
    return matcher.find()
        ? Optional.of(new ServerVersion(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
