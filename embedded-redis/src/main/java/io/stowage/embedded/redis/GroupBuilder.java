package io.stowage.embedded.redis;

import java.util.Set;

/**
 * What can be said of every group of servers.
 *
 * @param <B> the builder itself
 */
public abstract sealed class GroupBuilder<B extends GroupBuilder<B>> extends ServerBuilder<B>
    permits EmbeddedRedisCluster.Builder, EmbeddedSentinel.Builder, EmbeddedReplicaSet.Builder {

  private static final Set<String> RESERVED =
      Set.of(
          "cluster-announce-ip",
          "cluster-config-file",
          "cluster-enabled",
          "cluster-node-timeout",
          "replica-announce-ip",
          "replica-announce-port",
          "replicaof",
          "slaveof");

  GroupBuilder() {
    super(RESERVED);
  }

  @Override
  RedisBinary detected() {
    return RedisBinary.detectExecutable();
  }

  @Override
  ServerTemplate template() {
    ServerTemplate template = super.template();
    if (template.binary().path().isEmpty()) {
      throw new EmbeddedRedisException(
          "A group of servers needs an executable of this machine, such as RedisBinary.bundled(),"
              + " not "
              + template.binary());
    }
    return template.withAccess(template.access().forGroup());
  }
}
