package io.stowage.embedded.redis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Who logs in; without a name, the default user. */
record Credentials(@Nullable String user, String password) {

  /** The part of a URI before the host, {@code user:password@}. */
  String userInfo() {
    return (user == null ? "" : encode(user)) + ":" + encode(password) + "@";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Credentials[" + (user == null ? "default" : user) + "]";
  }
}
