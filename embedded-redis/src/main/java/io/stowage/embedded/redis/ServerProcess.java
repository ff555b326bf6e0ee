package io.stowage.embedded.redis;

import java.time.Duration;

/** One launched server, until it ends. Safe for use by many threads. */
interface ServerProcess {

  /** The server's process id on this machine. */
  long pid();

  /**
   * The process id that the server itself reports, which differs from {@link #pid} in a container.
   */
  long reportedPid();

  boolean isAlive();

  /** Waits until the server has ended, at most for {@code limit}; true if it has. */
  boolean awaitExit(Duration limit) throws InterruptedException;

  /** Suspends the server; it is suspended when this returns. */
  void freeze();

  /** Lets a frozen server go on; does nothing to one that is not frozen. */
  void thaw();

  /**
   * Ends the server in order: it saves what it is configured to save. Does nothing if it is dead.
   */
  void stop();

  /** Ends the server at once. Does nothing if it is dead. */
  void kill();
}
