package io.stowage.system.docs;

import java.util.List;

/**
 * A test class that runs every clause of a contract.
 *
 * @param type the class's full name
 * @param contract which clauses it runs
 * @param place on what
 * @param tier the first of the tiers that it belongs to
 * @param isOnBothJdks whether it is repeated on the second JDK
 */
record ContractRun(String type, Contract contract, Place place, Tier tier, boolean isOnBothJdks) {

  /** What a class extends. */
  enum Contract {
    PORTS("ports", "io.stowage.testkit.port.AdapterContract", "openAdapter"),
    STORAGE("`Storage`", "io.stowage.testkit.storage.StorageContract", "openPlatform");

    final String label;
    final String type;

    /** The method that says on what a class runs. */
    final String opening;

    Contract(String label, String type, String opening) {
      this.label = label;
      this.type = type;
      this.opening = opening;
    }
  }

  /** How servers are arranged, in the order of the table. */
  enum Deployment {
    MEMORY("memory"),
    PLAIN_PORTS("memory, ports without optional methods"),
    STANDALONE("one server"),
    TLS_AND_ACL("one server, TLS + ACL"),
    SENTINEL("Sentinel"),
    CLUSTER("Cluster");

    final String label;

    Deployment(String label) {
      this.label = label;
    }
  }

  /** Which server, in the order of the table. */
  enum Server {
    NONE("–"),
    REDIS_6_2("Redis 6.2"),
    DETECTED("installed (Redis 7.0 in `.ci/run`)"),
    VALKEY_8("Valkey 8"),
    REDIS_8("Redis 8");

    final String label;

    Server(String label) {
      this.label = label;
    }
  }

  /** Which of the project's commands run a test; each runs what those before it run too. */
  enum Tier {
    QUICK,
    VERIFY,
    FULL
  }

  /**
   * A way of storing values; the default one is told apart, as the one that nobody chose.
   *
   * @param codec the codec's name, or empty for what is the default
   */
  record Coding(String codec, String compression, boolean isEncrypted) {

    static final Coding DEFAULT = new Coding("", "", false);

    /** In the order of the table. */
    static final List<String> COMPRESSIONS =
        List.of("uncompressed", "gzip", "lz4", "zstd", "zstd with dictionary");
  }

  /**
   * On what clauses run. Two runs on equal places prove the same.
   *
   * @param client the client's name, or empty in memory
   */
  record Place(Deployment deployment, Server server, String client, Coding coding) {}
}
