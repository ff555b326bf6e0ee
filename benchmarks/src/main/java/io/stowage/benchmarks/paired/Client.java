package io.stowage.benchmarks.paired;

/** A client, by the name of the library's adapter for it. */
enum Client {
  LETTUCE("redis-lettuce", 0),
  JEDIS("redis-jedis", 2);

  private final String adapter;
  private final int database;

  Client(String adapter, int database) {
    this.adapter = adapter;
    this.database = database;
  }

  String adapter() {
    return adapter;
  }

  /** The database that the library uses; the next one is for the work by hand. */
  int database() {
    return database;
  }

  /** Connects by hand. */
  RawClient connect(String host, int port, int number) {
    return switch (this) {
      case LETTUCE -> new RawLettuce(host, port, number);
      case JEDIS -> new RawJedis(host, port, number);
    };
  }
}
