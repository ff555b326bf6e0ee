package io.stowage.embedded.redis;

import java.util.List;

/**
 * What a server is for.
 *
 * @param kind which program it is
 * @param lines what redis.conf says about it
 */
record ServerRole(Kind kind, List<String> lines) {

  static final ServerRole STANDALONE = new ServerRole(Kind.STANDALONE, List.of());

  /** Which program a server is, and whose its redis.conf is. */
  enum Kind {
    /** A data server whose redis.conf is written anew for each start. */
    STANDALONE,
    /** A data server that keeps its part in its group in redis.conf itself. */
    MEMBER,
    /** A Sentinel, which keeps all that it knows in redis.conf. */
    SENTINEL
  }

  ServerRole {
    lines = List.copyOf(lines);
  }

  static ServerRole member(List<String> lines) {
    return new ServerRole(Kind.MEMBER, lines);
  }

  static ServerRole sentinel(List<String> lines) {
    return new ServerRole(Kind.SENTINEL, lines);
  }
}
