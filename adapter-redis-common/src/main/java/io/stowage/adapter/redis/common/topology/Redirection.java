package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import org.jspecify.annotations.Nullable;

/** What an error of a server says about where, or when, the command is to be sent again. */
sealed interface Redirection {

  /** The greatest port that there is. */
  int MAX_PORT = 65_535;

  /** Another server serves the slot for good. */
  record Moved(int slot, ServerAddress to) implements Redirection {}

  /** The key has gone to another server, whose slot this is not yet. */
  record Ask(ServerAddress to) implements Redirection {}

  /** This server does not serve the key just now. */
  record Later() implements Redirection {}

  /**
   * Reads a reply.
   *
   * @param from the server that answered
   * @return null if the reply is the command's last
   */
  static @Nullable Redirection of(Reply reply, ServerAddress from) {
    if (!(reply instanceof Reply.Failure failure)) {
      return null;
    }
    String text = failure.text();
    if (text.startsWith("MOVED ") || text.startsWith("ASK ")) {
      String[] words = text.split(" ", -1);
      if (words.length >= 3 && words[1].matches("[0-9]{1,5}")) {
        ServerAddress to = named(words[2], from);
        int slot = Integer.parseInt(words[1]);
        if (to != null && slot < Slots.COUNT) {
          return words[0].equals("MOVED") ? new Moved(slot, to) : new Ask(to);
        }
      }
      return new Later();
    }
    return ReplyErrors.passesSoon(text) ? new Later() : null;
  }

  /**
   * A server that does not know its own host, or that of the other, leaves it empty. A port that no
   * server can have names none.
   */
  private static @Nullable ServerAddress named(String place, ServerAddress from) {
    int colon = place.lastIndexOf(':');
    String port = place.substring(colon + 1);
    if (colon < 0 || !port.matches("[0-9]{1,5}")) {
      return null;
    }
    int number = Integer.parseInt(port);
    if (number == 0 || number > MAX_PORT) {
      return null;
    }
    String host = place.substring(0, colon);
    return new ServerAddress(host.isEmpty() || host.equals("?") ? from.host() : host, number);
  }
}
