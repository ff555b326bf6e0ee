package io.stowage.spi;

import io.stowage.api.ServerReport;
import java.util.List;

/** The ability of a backend to tell about the servers that it consists of. */
public interface ServerPort {

  /**
   * Looks at the servers: which they are, whether they are set up for what a store needs, and
   * whether this client has the rights that it needs. Changes nothing.
   */
  ServerReport inspect();

  /**
   * The addresses of the servers that may remove any key when memory is short, also one that does
   * not expire; those that do not tell are left out.
   */
  default List<String> evicting() {
    return inspect().servers().stream()
        .filter(server -> server.evictionPolicy().startsWith("allkeys-"))
        .map(ServerReport.Server::address)
        .toList();
  }
}
