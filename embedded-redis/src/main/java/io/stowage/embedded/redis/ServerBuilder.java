package io.stowage.embedded.redis;

import io.stowage.embedded.redis.Tls.ClientCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of every server to start, alone or in a group. A value that cannot be honoured
 * is refused at once with an {@link IllegalArgumentException}. For one thread; it may start several
 * times, unless it fixes a port or a data directory.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ServerBuilder<B extends ServerBuilder<B>>
    permits EmbeddedRedisBuilder, GroupBuilder {

  private static final Duration DEFAULT_STARTUP_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern SETTING_NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern USER_NAME = Pattern.compile("[\\w.:@-]+");

  private final List<String> settings = new ArrayList<>();
  private final List<Access.User> users = new ArrayList<>();
  private final Set<String> reserved;
  private boolean appendOnly;
  private @Nullable String password;
  private boolean defaultUserOff;
  private @Nullable Tls tls;
  private @Nullable RedisBinary binary;
  private Duration startupTimeout = DEFAULT_STARTUP_TIMEOUT;

  ServerBuilder(Set<String> reserved) {
    this.reserved = reserved;
  }

  abstract B self();

  /** Writes every change to an append-only file, which a killed and restarted server reads back. */
  public B appendOnly() {
    this.appendOnly = true;
    return self();
  }

  /** The password of the default user, not empty. Without it none is asked for. */
  public B password(String secret) {
    this.password = requirePassword(secret);
    if (defaultUserOff) {
      throw new IllegalArgumentException("password is for the default user, which is switched off");
    }
    return self();
  }

  /**
   * Adds a user, on every server that holds data.
   *
   * @param name letters, digits and {@code _ . : @ -}; not {@code default}, whose password is set
   *     by {@link #password}
   * @param secret the user's password, not empty
   * @param rules what the user may do, as {@code ACL SETUSER} takes it, such as {@code ~app:*} and
   *     {@code +@read}; none for a user that may do nothing
   */
  public B user(String name, String secret, String... rules) {
    if (!USER_NAME.matcher(name).matches()
        || name.equals("default")
        || name.equals(Access.INTERNAL_USER)) {
      throw new IllegalArgumentException(
          "user '"
              + name
              + "' is no name for a user: letters, digits and _.:@- are allowed, but neither"
              + " 'default' nor '"
              + Access.INTERNAL_USER
              + "'");
    }
    if (users.stream().anyMatch(user -> name.equals(user.credentials().user()))) {
      throw new IllegalArgumentException("user '" + name + "' is there already");
    }
    for (String rule : rules) {
      if (rule.isBlank() || rule.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("user '" + name + "' has the rule '" + rule + "'");
      }
    }
    users.add(new Access.User(new Credentials(name, requirePassword(secret)), List.of(rules)));
    return self();
  }

  /** Lets nobody log in as the default user, nor do anything without logging in. */
  public B defaultUserOff() {
    if (password != null) {
      throw new IllegalArgumentException("defaultUserOff contradicts password");
    }
    this.defaultUserOff = true;
    return self();
  }

  /** Serves over TLS only. Clients check the server; the server asks for no certificate. */
  public B tls(TlsMaterial material) {
    this.tls = new Tls(material, ClientCertificate.NOT_ASKED);
    return self();
  }

  /**
   * Serves over TLS only, and only clients whose certificate {@link TlsMaterial#authority} signed.
   */
  public B mutualTls(TlsMaterial material) {
    this.tls = new Tls(material, ClientCertificate.REQUIRED);
    return self();
  }

  /**
   * Adds a line of redis.conf, on every server that holds data. A name may be given several times,
   * as in redis.conf.
   *
   * @param name such as {@code maxmemory}; not one that this builder decides on, such as {@code
   *     port}
   * @param value the rest of the line as it stands in redis.conf, such as {@code 64mb}
   */
  public B setting(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!SETTING_NAME.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "setting '" + name + "' is no name: letters, digits and hyphens are allowed");
    }
    if (ServerConfiguration.isReserved(lower) || reserved.contains(lower)) {
      throw new IllegalArgumentException(
          "setting '" + name + "' is decided by the builder and cannot be set");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "setting '" + name + "' has a control character in its value; one line is allowed");
    }
    settings.add(lower + " " + (value.isBlank() ? "\"\"" : value));
    return self();
  }

  /**
   * Runs this binary. Without it {@link RedisBinary#detect} chooses, but not Docker for TLS or for
   * a group of servers.
   */
  public B binary(RedisBinary chosen) {
    this.binary = chosen;
    return self();
  }

  /** How long it may take until all serve, loading data included; 30 seconds if unset. */
  public B startupTimeout(Duration timeout) {
    this.startupTimeout = requirePositive("startupTimeout", timeout);
    return self();
  }

  /** What runs if nothing was chosen. */
  RedisBinary detected() {
    return tls == null ? RedisBinary.detect() : RedisBinary.detectExecutable();
  }

  /** What was said so far. */
  ServerTemplate template() {
    RedisBinary chosen = binary == null ? detected() : binary;
    if (tls != null && chosen.path().isEmpty()) {
      throw new EmbeddedRedisException(
          "TLS needs an executable of this machine, such as RedisBinary.bundled(), not " + chosen);
    }
    return new ServerTemplate(
        chosen,
        appendOnly,
        Access.of(password, defaultUserOff, users),
        tls,
        settings,
        startupTimeout);
  }

  static String requirePassword(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("password is empty; leave it out for none");
    }
    return secret;
  }

  static Duration requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is " + value + ", must be positive");
    }
    return value;
  }

  static int requireBetween(String name, int least, int most, int value) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, allowed are %d to %d".formatted(name, value, least, most));
    }
    return value;
  }
}
