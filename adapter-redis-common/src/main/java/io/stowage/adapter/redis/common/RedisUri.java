package io.stowage.adapter.redis.common;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a standalone Redis is: {@code redis://[user:password@]host[:port][/database]}. User and
 * password are percent-encoded; an IPv6 address stands in brackets.
 *
 * @param host the host
 * @param port the port; 6379 if the URI names none
 * @param user the user of the access control list; null for the default user
 * @param password the password; null for none
 * @param database the number of the database
 */
public record RedisUri(
    String host, int port, @Nullable String user, @Nullable String password, int database) {

  private static final String SCHEME = "redis://";
  private static final int DEFAULT_PORT = 6379;

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException if it is none of the form above; the message does not show the
   *     password
   */
  public static RedisUri parse(String text) {
    if (!text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw refused("it does not begin with '" + SCHEME + "'");
    }
    String rest = text.substring(SCHEME.length());
    int at = rest.lastIndexOf('@');
    String place = rest.substring(at + 1);
    if (at < 0) {
      return place(place, null, null);
    }
    String credentials = rest.substring(0, at);
    int colon = credentials.indexOf(':');
    if (colon < 0) {
      throw refused("the part before '@' has no ':' between user and password");
    }
    if (credentials.matches("(?s).*[/?#@\\s].*")) {
      throw refused("user and password hold '/', '?', '#', '@' or white space unencoded");
    }
    String user = decoded(credentials.substring(0, colon));
    String password = decoded(credentials.substring(colon + 1));
    return place(place, user.isEmpty() ? null : user, password.isEmpty() ? null : password);
  }

  private static RedisUri place(String place, @Nullable String user, @Nullable String password) {
    int slash = place.indexOf('/');
    String authority = slash < 0 ? place : place.substring(0, slash);
    String path = slash < 0 ? "" : place.substring(slash + 1);
    int database = path.isEmpty() ? 0 : number("database", path, 0, Integer.MAX_VALUE);

    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', bracket + 1);
    String host = colon < 0 ? authority : authority.substring(0, colon);
    int port = colon < 0 ? DEFAULT_PORT : number("port", authority.substring(colon + 1), 1, 65_535);
    if (host.startsWith("[")) {
      if (!host.endsWith("]") || !host.matches("\\[[0-9A-Fa-f:.%]+]")) {
        throw refused("host is '" + host + "'");
      }
      host = host.substring(1, host.length() - 1);
    } else if (!host.matches("[A-Za-z0-9._-]+")) {
      throw refused(host.isEmpty() ? "it names no host" : "host is '" + host + "'");
    }
    return new RedisUri(host, port, user, password, database);
  }

  private static int number(String what, String text, int min, int max) {
    try {
      int number = text.matches("[0-9]{1,10}") ? Integer.parseInt(text) : -1;
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(what + " is '" + text + "'", e);
    }
    throw refused(what + " is '" + text + "'");
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // The cause would show a part of the password.
      throw refused("user or password has a '%' that is not followed by two hexadecimal digits");
    }
  }

  private static IllegalArgumentException refused(String why) {
    return refused(why, null);
  }

  private static IllegalArgumentException refused(String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "the Redis URI cannot be used: "
            + why
            + "; allowed is redis://[user:password@]host[:port][/database]",
        cause);
  }

  /** Host and port, for messages. */
  public String place() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** The place without user and password. */
  @Override
  public String toString() {
    return SCHEME + place() + "/" + database;
  }
}
