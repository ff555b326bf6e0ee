package io.stowage.adapter.redis.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.api.Version;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The ports over a bare socket, on a server that each test finds empty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PortsBench {

  static final Duration GRACE = Duration.ofSeconds(60);
  static final IndexTerm TERM = IndexTerm.exact("type", "a");

  EmbeddedRedis redis;

  SocketConnection connection;
  StorageAdapter adapter;
  StorePorts store;
  PersistencePort records;
  IndexPort indexes;
  long clock;

  @BeforeAll
  void startRedis() {
    redis = EmbeddedRedis.builder().binary(binary()).start();
  }

  /** The server that the machine offers. */
  RedisBinary binary() {
    return RedisBinary.detect();
  }

  @AfterAll
  void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void open() {
    use(SocketConnection.toOneNode(redis.port()));
    connection.send("FLUSHALL");
    clock = records.serverMicros();
  }

  void use(SocketConnection opened) {
    connection = opened;
    adapter = adapter("t[1]*:", connection);
    store = adapter.store("s");
    records = store.records();
    indexes = store.indexes();
  }

  static StorageAdapter adapter(String prefix, RedisConnection connection) {
    return new RedisAdapter(
        "redis-socket", RedisUri.parse("redis://localhost"), prefix, connection);
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  Version version() {
    return Version.of(clock++, 7);
  }

  static Commit commit(String id, Version version, String payload) {
    return new Commit(
        id, version, payload.getBytes(UTF_8), Expiry.never(), Precondition.none(), GRACE);
  }

  static Commit commit(String id, Version version, Expiry expiry, Precondition precondition) {
    return new Commit(id, version, new byte[] {'x'}, expiry, precondition, GRACE);
  }

  CommitResult commit(Commit commit) {
    return records.commit(List.of(commit)).get(0);
  }

  String raw(String key) {
    Reply reply = connection.send("GET", key);
    return new String(Replies.bytes(reply), UTF_8);
  }

  long calls(String command) {
    String info = Replies.text(connection.send("INFO", "commandstats"));
    for (String line : info.lines().toList()) {
      String start = "cmdstat_" + command + ":calls=";
      if (line.startsWith(start)) {
        return Long.parseLong(line.substring(start.length(), line.indexOf(',')));
      }
    }
    return 0;
  }
}
