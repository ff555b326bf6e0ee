package io.stowage.embedded.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis server of one's own on 127.0.0.1, for development and tests.
 *
 * <pre>{@code
 * try (EmbeddedRedis redis = EmbeddedRedis.start()) {
 *   connect(redis.uri());
 * }
 * }</pre>
 *
 * <p>The server ends with this JVM however that ends, by SIGKILL too; it outlives the JVM's
 * shutdown hooks. Safe for use by many threads: calls that change its state wait for each other.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(EmbeddedRedis.class);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RedisBinary binary;
  private final ServerConfiguration configuration;
  private final ServerStarter starter;
  private final int port;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile ServerProcess process;
  private volatile boolean frozen;

  /** False from before a kill, a stop or a freeze until after the restart or thaw. */
  private volatile boolean serving = true;

  private volatile boolean closed;

  EmbeddedRedis(
      RedisBinary binary,
      ServerConfiguration configuration,
      ServerStarter starter,
      ServerStarter.Started started) {
    this.binary = binary;
    this.configuration = configuration;
    this.starter = starter;
    this.port = started.port();
    this.process = started.process();
    PortChooser.hold(port);
    logger.debug("{} serves on port {} as process {}", binary, port, process.pid());
  }

  /**
   * Starts the server that {@link RedisBinary#detect} finds, on a free port, without persistence.
   *
   * @throws EmbeddedRedisException if there is none or it does not start
   */
  public static EmbeddedRedis start() {
    return builder().start();
  }

  /** For a server with a password, kept data or another executable. */
  public static EmbeddedRedisBuilder builder() {
    return new EmbeddedRedisBuilder();
  }

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return Loopback.HOST;
  }

  /** The port, which stays the same over {@link #restart}. */
  public int port() {
    return port;
  }

  /**
   * {@code redis://127.0.0.1:PORT}, or {@code rediss:} with TLS. It has the password of the default
   * user in it if there is one; with the default user off, name and password of the first other.
   */
  public String uri() {
    return uri(configuration.access().client());
  }

  /**
   * The same for a user that was given to the builder.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public String uri(String user) {
    return uri(configuration.access().user(user));
  }

  private String uri(@Nullable Credentials credentials) {
    return (configuration.tls() == null ? "redis://" : "rediss://")
        + (credentials == null ? "" : credentials.userInfo())
        + address();
  }

  /** Host and port. */
  String address() {
    return Loopback.HOST + ":" + port;
  }

  /** Where the server keeps its data and its log, {@code redis.log}. */
  public Path dataDirectory() {
    return configuration.data().path();
  }

  /** What it runs. */
  public RedisBinary binary() {
    return binary;
  }

  /** The server's version, such as {@code 7.0.15}. */
  public String version() {
    return binary.version();
  }

  /** Whose server it is: {@code Redis} or {@code Valkey}. */
  public String product() {
    return binary.product();
  }

  /** Whether the server's process lives; a frozen one does. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Whether the server is suspended by {@link #freeze}. */
  public boolean isFrozen() {
    return frozen && isRunning();
  }

  /** Whether the server can be expected to answer. */
  boolean isServing() {
    return serving && !closed && isRunning();
  }

  /** A connection with all rights. */
  RespConnection connect(Duration patience) throws IOException {
    return RespConnection.open(configuration.endpoint(port), patience);
  }

  /** The text of one reply, on a connection of its own. */
  String ask(String... words) throws IOException {
    try (RespConnection connection = connect(PATIENCE)) {
      return connection.ask(words);
    }
  }

  /**
   * The same for what must not fail.
   *
   * @throws EmbeddedRedisException if the server does not answer or answers with an error
   */
  String command(String... words) {
    try {
      return ask(words);
    } catch (IOException e) {
      String what = words.length == 1 ? words[0] : words[0] + " " + words[1];
      throw new EmbeddedRedisException(what + " on " + address() + ": " + e, e);
    }
  }

  /** What this module needs to reach the server. */
  ServerConfiguration configuration() {
    return configuration;
  }

  /**
   * The process id of the server, which is another one after each {@link #restart}.
   *
   * @throws IllegalStateException if it is not running
   */
  public long pid() {
    return requireRunning(process).pid();
  }

  /**
   * Ends the server at once, as a crash would (SIGKILL). Its data directory and its port are kept
   * for {@link #restart}. Does nothing to a server that has ended.
   *
   * @throws IllegalStateException if this is closed
   */
  public void kill() {
    change(
        current -> {
          serving = false;
          current.kill();
          frozen = false;
          return current;
        });
  }

  /**
   * Suspends the server (SIGSTOP): connections stay open and nothing is answered, until {@link
   * #thaw}.
   *
   * @throws IllegalStateException if it is not running
   */
  public void freeze() {
    change(
        current -> {
          requireRunning(current);
          serving = false;
          frozen = true;
          current.freeze();
          return current;
        });
  }

  /**
   * Lets a frozen server go on (SIGCONT).
   *
   * @throws IllegalStateException if it is not running
   */
  public void thaw() {
    change(
        current -> {
          requireRunning(current).thaw();
          frozen = false;
          serving = true;
          return current;
        });
  }

  /**
   * Starts the server again on the same port and data directory, and returns when it serves. A
   * running one is stopped in order first; after {@link #kill} it finds what a crash left.
   *
   * @throws EmbeddedRedisException if it does not start; it may be tried again
   * @throws IllegalStateException if this is closed
   */
  public void restart() {
    change(
        current -> {
          serving = false;
          current.stop();
          frozen = false;
          ServerProcess next = starter.startAgainOnPort(port);
          serving = true;
          return next;
        });
  }

  /**
   * Stops the server in order: it saves what it was configured to save. A data directory that was
   * given is kept, else it is deleted. Does nothing the second time.
   */
  @Override
  public void close() {
    close(ServerProcess::stop);
  }

  /** Closes without giving the server time to save anything. */
  void closeAtOnce() {
    close(ServerProcess::kill);
  }

  private void close(Consumer<ServerProcess> end) {
    changing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      try (DataDirectory data = configuration.data()) {
        logger.debug("Stopping the server on port {} with data in {}", port, data.path());
        end.accept(process);
      } finally {
        PortChooser.release(port);
      }
    } finally {
      changing.unlock();
    }
  }

  private void change(UnaryOperator<ServerProcess> step) {
    changing.lock();
    try {
      requireOpen();
      process = step.apply(process);
    } finally {
      changing.unlock();
    }
  }

  private ServerProcess requireRunning(ServerProcess current) {
    requireOpen();
    if (!current.isAlive()) {
      throw new IllegalStateException(
          "The embedded Redis on port " + port + " is not running; restart() starts it again");
    }
    return current;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The embedded Redis on port " + port + " is closed");
    }
  }

  /** Version, place and state, without the password. */
  @Override
  public String toString() {
    String state = closed ? "closed" : process.isAlive() ? "running" : "not running";
    return "EmbeddedRedis[" + address() + ", " + binary + ", " + state + "]";
  }
}
