package io.stowage.embedded.redis;

/** Knows how to run one kind of server binary. */
interface ServerLauncher {

  /**
   * Starts a server and returns at once, without waiting until it answers.
   *
   * @throws PortInUseException if the port's owner is known at once
   * @throws EmbeddedRedisException if the process cannot be created
   */
  ServerProcess launch(ServerConfiguration configuration, int port);

  /** Which server it is. */
  ServerVersion version();
}
