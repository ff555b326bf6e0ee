package io.stowage.benchmarks.paired;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.Tuple;

/** The benchmark's own look at one side's database. Used by one thread. */
final class Database implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How much of its TTL a record may have lost since it was stored. */
  private static final Duration SPENT = Duration.ofMinutes(20);

  private static final byte[] ALL = {'*'};
  private static final byte[] COUNT_ENTRIES =
      Layout.utf8(
          """
          local sum = 0
          for i = 1, #KEYS do
            sum = sum + redis.call('ZCARD', KEYS[i])
          end
          return sum
          """);

  private final Jedis connection;
  private List<byte[]> indexKeys = List.of();

  Database(String host, int port, int number) {
    connection =
        new Jedis(host, port, DefaultJedisClientConfig.builder().resp2().database(number).build());
  }

  /** Removes all items and index entries; the store's definition stays. */
  void clear() {
    byte[][] keys =
        keys().stream().filter(key -> !text(key).equals(Layout.META)).toArray(byte[][]::new);
    if (keys.length > 0) {
      connection.del(keys);
    }
  }

  /** Takes note of the index keys that there are now, for {@link #awaitEntries}. */
  void noteIndexKeys() {
    indexKeys = keys().stream().filter(key -> text(key).startsWith(Layout.INDEX_PREFIX)).toList();
  }

  /**
   * Returns as soon as the noted indexes have so many entries, all together.
   *
   * @throws IllegalStateException if they do not come to have them
   */
  void awaitEntries(long expected) {
    long start = System.nanoTime();
    long entries = entries();
    while (entries != expected) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "the indexes have " + entries + " entries; expected are " + expected);
      }
      entries = entries();
    }
  }

  private long entries() {
    return (Long) connection.eval(COUNT_ENTRIES, indexKeys, List.of());
  }

  /** Has the server forget all scripts. */
  void forgetScripts() {
    connection.scriptFlush();
  }

  /** Whether the server knows a script. */
  boolean knows(byte[] digest) {
    return connection.scriptExists(digest);
  }

  /**
   * What is stored but for the definition and the versions, by key, in words: equal for databases
   * that hold the same.
   */
  Map<String, String> contents() {
    Map<String, Long> versions = new TreeMap<>();
    Map<String, String> contents = new TreeMap<>();
    List<byte[]> indexes = new ArrayList<>();
    for (byte[] key : keys()) {
      String name = text(key);
      if (name.startsWith(Layout.ITEM_PREFIX)) {
        String id = name.substring(Layout.ITEM_PREFIX.length());
        byte[] value = connection.get(key);
        versions.put(id, Layout.version(value));
        contents.put(name, record(id, value, connection.pttl(key)));
      } else if (name.startsWith(Layout.INDEX_PREFIX)) {
        indexes.add(key);
      } else if (!name.equals(Layout.META)) {
        contents.put(name, "a " + connection.type(name));
      }
    }
    for (byte[] key : indexes) {
      contents.put(text(key), entries(key, versions));
    }
    return contents;
  }

  private static String record(String id, byte[] value, long ttlMillis) {
    if (!Layout.isWhole(Layout.utf8(id), value)) {
      return "a damaged record";
    }
    int header = Layout.HEADER_BYTES;
    String payload = new String(value, header, value.length - header, StandardCharsets.ISO_8859_1);
    long ttl = Layout.TTL.toMillis();
    boolean isRightTtl = ttlMillis <= ttl && ttlMillis > ttl - SPENT.toMillis();
    return (isRightTtl ? "a record of " : "a record with a TTL of " + ttlMillis + " ms of ")
        + payload;
  }

  private String entries(byte[] key, Map<String, Long> versions) {
    Map<String, String> entries = new TreeMap<>();
    for (Tuple tuple : connection.zrangeWithScores(key, 0, -1)) {
      Layout.Entry entry = Layout.entry(tuple.getBinaryElement());
      Long version = versions.get(entry.id());
      boolean isCurrent = version != null && version == entry.version();
      boolean isRightScore = tuple.getScore() == (double) (entry.version() >>> Layout.RANDOM_BITS);
      String name = isCurrent ? entry.id() : entry.id() + " of version " + entry.version();
      entries.put(name, isRightScore ? name : name + " with score " + tuple.getScore());
    }
    return entries.size() + " entries: " + entries.values();
  }

  private List<byte[]> keys() {
    return List.copyOf(connection.keys(ALL));
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    connection.close();
  }
}
