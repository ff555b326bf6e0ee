package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import org.jspecify.annotations.Nullable;

/**
 * A command of a batch that is still to be done.
 *
 * @param index its place in the batch
 * @param to the server that another one named; null to look it up
 * @param asking whether the slot is not yet that server's, so that {@code ASKING} must go before
 */
record Errand(int index, RedisCommand command, @Nullable ServerAddress to, boolean asking) {

  Errand lookedUp() {
    return new Errand(index, command, null, false);
  }

  Errand redirected(Redirection redirection) {
    if (redirection instanceof Redirection.Moved moved) {
      return new Errand(index, command, moved.to(), false);
    } else if (redirection instanceof Redirection.Ask ask) {
      return new Errand(index, command, ask.to(), true);
    }
    return lookedUp();
  }

  boolean hasRouteOf(Errand other) {
    return asking == other.asking && (to == null ? other.to == null : to.equals(other.to));
  }
}
