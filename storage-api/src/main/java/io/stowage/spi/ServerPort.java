package io.stowage.spi;

import io.stowage.api.ServerReport;

/** The ability of a backend to tell about the servers that it consists of. */
public interface ServerPort {

  /**
   * Looks at the servers: which they are, whether they are set up for what a store needs, and
   * whether this client has the rights that it needs. Changes nothing.
   */
  ServerReport inspect();
}
