package io.stowage.embedded.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a server to start. A value that cannot be honoured is refused at once with an {@link
 * IllegalArgumentException}. For one thread; it may start several servers, if it fixes neither port
 * nor data directory.
 */
public final class EmbeddedRedisBuilder {

  private static final Duration DEFAULT_STARTUP_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern SETTING_NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final List<String> settings = new ArrayList<>();
  private @Nullable Path dataDirectory;
  private boolean appendOnly;
  private @Nullable Integer port;
  private IntSupplier freePorts = PortChooser::choose;
  private @Nullable String password;
  private @Nullable RedisBinary binary;
  private Duration startupTimeout = DEFAULT_STARTUP_TIMEOUT;

  EmbeddedRedisBuilder() {}

  /**
   * Keeps the server's files here, also after it is closed; created if absent. Without it the
   * server gets a temporary directory. The data themselves are only written with {@link
   * #appendOnly} or a {@code save} setting.
   */
  public EmbeddedRedisBuilder dataDirectory(Path directory) {
    this.dataDirectory = directory;
    return this;
  }

  /** Writes every change to an append-only file, which a killed and restarted server reads back. */
  public EmbeddedRedisBuilder appendOnly() {
    this.appendOnly = true;
    return this;
  }

  /** Takes this port, 1 to 65535, and no other. Without it a free one is taken. */
  public EmbeddedRedisBuilder port(int number) {
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException("port is " + number + ", allowed are 1 to 65535");
    }
    this.port = number;
    return this;
  }

  /** The password of the default user, not empty. Without it none is asked for. */
  public EmbeddedRedisBuilder password(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("password is empty; leave it out for none");
    }
    this.password = secret;
    return this;
  }

  /**
   * Adds a line of redis.conf. A name may be given several times, as in redis.conf.
   *
   * @param name such as {@code maxmemory}; not one that this builder decides on, such as {@code
   *     port}
   * @param value the rest of the line as it stands in redis.conf, such as {@code 64mb}
   */
  public EmbeddedRedisBuilder setting(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!SETTING_NAME.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "setting '" + name + "' is no name: letters, digits and hyphens are allowed");
    }
    if (ServerConfiguration.isReserved(lower)) {
      throw new IllegalArgumentException(
          "setting '" + name + "' is decided by the builder and cannot be set");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "setting '" + name + "' has a control character in its value; one line is allowed");
    }
    settings.add(lower + " " + (value.isBlank() ? "\"\"" : value));
    return this;
  }

  /** Runs this binary. Without it {@link RedisBinary#detect} chooses. */
  public EmbeddedRedisBuilder binary(RedisBinary chosen) {
    this.binary = chosen;
    return this;
  }

  /** How long a server may take until it serves, loading its data included; 30 seconds if unset. */
  public EmbeddedRedisBuilder startupTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("startupTimeout is " + timeout + ", must be positive");
    }
    this.startupTimeout = timeout;
    return this;
  }

  /** Replaces the proposals for a free port. */
  EmbeddedRedisBuilder freePorts(IntSupplier ports) {
    this.freePorts = ports;
    return this;
  }

  /**
   * Starts the server and returns when it serves.
   *
   * @throws EmbeddedRedisException if there is no server to run, if the fixed port or the data
   *     directory is in use, or if it does not serve in time; the message has the end of its log
   */
  public EmbeddedRedis start() {
    RedisBinary chosen = binary == null ? RedisBinary.detect() : binary;
    DataDirectory data =
        dataDirectory == null ? DataDirectory.scratch() : DataDirectory.given(dataDirectory);
    boolean started = false;
    try {
      ServerConfiguration configuration =
          new ServerConfiguration(data, appendOnly, password, settings);
      ServerStarter starter = new ServerStarter(chosen.launcher(), configuration, startupTimeout);
      ServerStarter.Started server =
          port == null
              ? starter.startOnFreePort(freePorts)
              : new ServerStarter.Started(starter.startOnPort(port), port);
      EmbeddedRedis redis = new EmbeddedRedis(chosen, configuration, starter, server);
      started = true;
      return redis;
    } finally {
      if (!started) {
        data.close();
      }
    }
  }
}
