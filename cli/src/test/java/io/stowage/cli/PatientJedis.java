package io.stowage.cli;

import io.stowage.embedded.redis.EmbeddedRedis;
import redis.clients.jedis.Jedis;

/** Looks into a server behind the commands' back. */
final class PatientJedis {

  /** Longer than a server stands still on a busy machine. */
  private static final int PATIENCE_MILLIS = 60_000;

  private PatientJedis() {}

  /** A connection, to be closed. */
  static Jedis connect(EmbeddedRedis redis) {
    return new Jedis(redis.host(), redis.port(), PATIENCE_MILLIS);
  }
}
