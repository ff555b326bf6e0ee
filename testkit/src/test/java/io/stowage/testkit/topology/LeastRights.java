package io.stowage.testkit.topology;

import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.adapter.redis.common.server.CommandRights;

/** What the adapters may do at least, and what the user of the tests may do at most. */
final class LeastRights {

  private LeastRights() {}

  static String[] on(RedisUri.Topology topology) {
    return CommandRights.rules(Deployment.KEY_PREFIX, topology).toArray(String[]::new);
  }
}
