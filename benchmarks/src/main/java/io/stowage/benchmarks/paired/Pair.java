package io.stowage.benchmarks.paired;

import io.stowage.embedded.redis.EmbeddedRedis;

/** The two sides of one client, each in a database of its own. */
record Pair(Client client, Corner library, Corner byHand) implements AutoCloseable {

  static Pair open(EmbeddedRedis redis, Client client) {
    int database = client.database();
    Corner library =
        new Corner(
            LibrarySide.open(redis.uri() + "/" + database, client.adapter()),
            new Database(redis.host(), redis.port(), database));
    int other = database + 1;
    Corner byHand =
        new Corner(
            new ByHand(client.connect(redis.host(), redis.port(), other), Layout.INDEXES),
            new Database(redis.host(), redis.port(), other));
    return new Pair(client, library, byHand);
  }

  @Override
  public void close() {
    try (library) {
      byHand.close();
    }
  }
}
