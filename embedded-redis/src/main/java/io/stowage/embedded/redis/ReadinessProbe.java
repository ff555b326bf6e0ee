package io.stowage.embedded.redis;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server whether it serves, and whether it is the one that was started: a stranger on the
 * same port answers PING as well.
 */
final class ReadinessProbe {

  private final Endpoint endpoint;

  ReadinessProbe(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * One try; null if the server with that process id is ready, else what is in the way.
   *
   * @param patience how long to wait for a connection and for each reply
   */
  @Nullable String obstacle(long processId, Duration patience) {
    try (RespConnection connection = RespConnection.open(endpoint, patience)) {
      String pong = connection.ask("PING");
      if (!pong.equals("PONG")) {
        return "PING answered " + pong;
      }
      String info = connection.ask("INFO", "server");
      if (info.lines().noneMatch(("process_id:" + processId)::equals)) {
        return "another server answers on " + endpoint.address();
      }
      return null;
    } catch (RespException e) {
      return "the server answered " + e.getMessage();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
