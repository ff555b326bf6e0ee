package io.stowage.embedded.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in to a server. As soon as there are named users, the servers of a group and this
 * module use a user of their own, so that any rights can be given to the others and to the default
 * user without a group falling apart.
 *
 * @param password of the default user; null if it needs none
 * @param defaultUserOff whether the default user cannot log in at all
 * @param users the named users
 * @param internal as whom servers and this module log in; null if nobody has to
 */
record Access(
    @Nullable String password,
    boolean defaultUserOff,
    List<User> users,
    @Nullable Credentials internal) {

  static final String INTERNAL_USER = "stowage-embedded";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PASSWORD_BYTES = 24;

  Access {
    users = List.copyOf(users);
  }

  /** A named user with the rules that {@code ACL SETUSER} takes. */
  record User(Credentials credentials, List<String> rules) {

    User {
      rules = List.copyOf(rules);
    }

    private String line() {
      StringBuilder line = new StringBuilder("user ");
      line.append(credentials.user()).append(" on #").append(sha256(credentials.password()));
      for (String rule : rules) {
        line.append(' ').append(ConfigText.quote(rule));
      }
      return line.toString();
    }
  }

  static Access of(@Nullable String password, boolean defaultUserOff, List<User> users) {
    if (defaultUserOff || !users.isEmpty()) {
      return withInternalUser(password, defaultUserOff, users);
    }
    return new Access(
        password, false, users, password == null ? null : new Credentials(null, password));
  }

  private static Access withInternalUser(
      @Nullable String password, boolean defaultUserOff, List<User> users) {
    byte[] secret = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(secret);
    Credentials internal = new Credentials(INTERNAL_USER, HexFormat.of().formatHex(secret));
    return new Access(password, defaultUserOff, users, internal);
  }

  /**
   * The same for servers that write their configuration themselves: Sentinels do not quote in it
   * the password with which they log in to others.
   */
  Access forGroup() {
    return internal == null || internal.user() != null
        ? this
        : withInternalUser(password, defaultUserOff, users);
  }

  /** The lines of redis.conf that let them in. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (defaultUserOff) {
      lines.add("user default off");
    }
    if (password != null) {
      lines.add("requirepass " + ConfigText.quote(password));
    }
    users.forEach(user -> lines.add(user.line()));
    if (internal != null && internal.user() != null) {
      lines.add(new User(internal, List.of("~*", "&*", "+@all")).line());
    }
    return lines;
  }

  /** The lines of redis.conf with which a replica logs in to its master. */
  List<String> replicationLines() {
    List<String> lines = new ArrayList<>();
    if (internal != null) {
      if (internal.user() != null) {
        lines.add("masteruser " + internal.user());
      }
      lines.add("masterauth " + ConfigText.quote(internal.password()));
    }
    return lines;
  }

  /** As whom a client logs in if nothing else is said: the default user, else the first other. */
  @Nullable Credentials client() {
    if (defaultUserOff) {
      return users.isEmpty() ? null : users.get(0).credentials();
    }
    return password == null ? null : new Credentials(null, password);
  }

  /**
   * A named user.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  Credentials user(String name) {
    return users.stream()
        .map(User::credentials)
        .filter(credentials -> name.equals(credentials.user()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no user '" + name + "'"));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Without passwords. */
  @Override
  public String toString() {
    return "Access[" + users.stream().map(user -> user.credentials().user()).toList() + "]";
  }
}
