package io.stowage.embedded.redis;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Settings of one server to start. */
public final class EmbeddedRedisBuilder extends ServerBuilder<EmbeddedRedisBuilder> {

  private @Nullable Path dataDirectory;
  private @Nullable Integer port;
  private IntSupplier freePorts = PortChooser::choose;

  EmbeddedRedisBuilder() {
    super(Set.of());
  }

  @Override
  EmbeddedRedisBuilder self() {
    return this;
  }

  /**
   * Keeps the server's files here, also after it is closed; created if absent. Without it the
   * server gets a temporary directory. The data themselves are only written with {@link
   * #appendOnly} or a {@code save} setting.
   */
  public EmbeddedRedisBuilder dataDirectory(Path directory) {
    this.dataDirectory = directory;
    return this;
  }

  /** Takes this port, 1 to 65535, and no other. Without it a free one is taken. */
  public EmbeddedRedisBuilder port(int number) {
    this.port = requireBetween("port", 1, 65_535, number);
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
    ServerTemplate template = template();
    DataDirectory data =
        dataDirectory == null ? DataDirectory.scratch() : DataDirectory.given(dataDirectory);
    return template.start(ServerRole.STANDALONE, data, port, freePorts);
  }
}
