package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("server")
class AtomicTest extends PortsBench {

  private AtomicPort atomic;

  @BeforeEach
  void useAtomic() {
    atomic = store.atomic().orElseThrow();
  }

  private String payload(String id) {
    StoredRecord record = records.read(List.of(id)).get(0);
    return record == null ? null : new String(record.payload(), StandardCharsets.UTF_8);
  }

  /** A batch of which some parts come before and some after the one that cannot be applied. */
  private List<AtomicWrite> around(AtomicWrite middle) {
    return List.of(
        commit("new", version(), "n"),
        new Removal("gone", null),
        middle,
        commit("kept", version(), "after"),
        new Removal("gone2", null));
  }

  private void storeForAround() {
    records.commit(
        List.of(
            commit("gone", version(), "g"),
            commit("gone2", version(), "g2"),
            commit("kept", version(), "before")));
  }

  private void assertNothingChanged() {
    assertThat(payload("new")).isNull();
    assertThat(payload("gone")).isEqualTo("g");
    assertThat(payload("gone2")).isEqualTo("g2");
    assertThat(payload("kept")).isEqualTo("before");
  }

  @Test
  void appliesAllAndAnswersWhatWasReplacedAndRemoved() {
    storeForAround();
    List<Version> before = List.copyOf(records.versions(List.of("gone", "kept", "gone2")));
    Expiry hour = Expiry.after(Duration.ofHours(1));
    AtomicResult result =
        atomic.apply(around(commit("expiring", version(), hour, Precondition.absent())));
    assertThat(result.isApplied()).isTrue();
    assertThat(result.results()).extracting(CommitResult::status).containsOnly(Status.APPLIED);
    assertThat(result.results())
        .extracting(CommitResult::stored)
        .containsExactly(null, before.get(0), null, before.get(1), before.get(2));
    assertThat(result.results())
        .extracting(
            r -> r.payload() == null ? null : new String(r.payload(), StandardCharsets.UTF_8))
        .containsExactly(null, "g", null, "before", "g2");
    assertThat(payload("new")).isEqualTo("n");
    assertThat(payload("gone")).isNull();
    assertThat(payload("gone2")).isNull();
    assertThat(payload("kept")).isEqualTo("after");
    assertThat(records.ttl(List.of("expiring")).get(0).remaining().orElseThrow())
        .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    assertThat(records.ttl(List.of("kept")).get(0).remaining()).isEmpty();
    assertThat(Math.abs(result.results().get(0).serverMicros() - clock)).isLessThan(60_000_000L);
  }

  @Test
  void oneRefusalHoldsUpAll() {
    storeForAround();
    Version stored = version();
    commit(commit("mid", stored, "m"));
    AtomicResult result = atomic.apply(around(new Removal("mid", version())));
    assertThat(result.isApplied()).isFalse();
    assertThat(result.results())
        .extracting(CommitResult::status)
        .containsExactly(
            Status.APPLIED,
            Status.APPLIED,
            Status.PRECONDITION_FAILED,
            Status.APPLIED,
            Status.APPLIED);
    assertThat(result.results().get(2).stored()).isEqualTo(stored);
    assertThat(result.results()).extracting(CommitResult::payload).containsOnlyNulls();
    assertNothingChanged();
    assertThat(payload("mid")).isEqualTo("m");
  }

  @Test
  void removalOfWhatIsAbsentFailsOnlyIfAVersionIsExpected() {
    AtomicResult any = atomic.apply(List.of(new Removal("1", null)));
    assertThat(any.isApplied()).isTrue();
    assertThat(any.results().get(0).stored()).isNull();
    AtomicResult expected = atomic.apply(List.of(new Removal("1", version())));
    assertThat(expected.isApplied()).isFalse();
    assertThat(expected.results().get(0).status()).isEqualTo(Status.PRECONDITION_FAILED);
    assertThat(expected.results().get(0).stored()).isNull();
  }

  /** The same state and the same write, once in a batch and once alone, have the same result. */
  @Test
  void checksEachWriteAsIfItWereAlone() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      Version stored = version();
      byte[] value = new byte[random.nextInt(12)];
      switch (random.nextInt(4)) {
        case 0 -> records.remove(List.of(new Removal("a", null), new Removal("b", null)));
        case 1 -> {
          String text = "f".repeat(value.length);
          connection.send("SET", "t[1]*:s:item:a", text);
          connection.send("SET", "t[1]*:s:item:b", text);
        }
        default -> records.commit(List.of(commit("a", stored, "was"), commit("b", stored, "was")));
      }
      String as = "seed " + seed + ", round " + round;
      if (random.nextInt(4) == 0) {
        Version expected =
            random.nextInt(3) == 0 ? null : random.nextBoolean() ? stored : version();
        AtomicResult batch = atomic.apply(List.of(new Removal("a", expected)));
        RemovalResult alone = records.remove(List.of(new Removal("b", expected))).get(0);
        if (batch.isApplied()) {
          assertThat(batch.results().get(0).stored()).as(as).isEqualTo(alone.removed());
          assertThat(batch.results().get(0).payload()).as(as).isEqualTo(alone.payload());
        } else {
          assertThat(alone).as(as).isEqualTo(RemovalResult.NOTHING);
        }
      } else {
        Commit write = anyCommit("a", stored, value, random);
        CommitResult batch = atomic.apply(List.of(write)).results().get(0);
        CommitResult alone =
            commit(
                new Commit(
                    "b",
                    write.version(),
                    write.payload(),
                    write.expiry(),
                    write.precondition(),
                    write.grace()));
        assertThat(batch.status()).as(as).isEqualTo(alone.status());
        assertThat(batch.stored()).as(as).isEqualTo(alone.stored());
        assertThat(batch.payload()).as(as).isEqualTo(alone.payload());
      }
      assertThat(payload("a")).as(as).isEqualTo(payload("b"));
      assertThat(records.versions(List.of("a"))).as(as).isEqualTo(records.versions(List.of("b")));
    }
  }

  private Commit anyCommit(String id, Version stored, byte[] value, Random random) {
    Version version =
        switch (random.nextInt(4)) {
          case 0 -> stored;
          case 1 -> Version.of(clock - 61_000_000L, 0);
          default -> version();
        };
    Expiry expiry =
        switch (random.nextInt(4)) {
          case 0 -> Expiry.at(Instant.ofEpochMilli(1));
          case 1 -> Expiry.after(Duration.ofHours(1));
          case 2 -> Expiry.at(Instant.now().plusSeconds(3_600));
          default -> Expiry.never();
        };
    Precondition precondition =
        switch (random.nextInt(5)) {
          case 0 -> Precondition.absent();
          case 1 -> Precondition.version(stored);
          case 2 -> Precondition.version(version());
          default -> Precondition.none();
        };
    return new Commit(id, version, value, expiry, precondition, GRACE);
  }

  @Test
  void keyOfAnotherTypeInTheMiddleChangesNothing() {
    storeForAround();
    connection.send("SADD", "t[1]*:s:item:mid", "no string");
    for (AtomicWrite middle : List.of(commit("mid", version(), "m"), new Removal("mid", null))) {
      AdapterException failure = refused(() -> atomic.apply(around(middle)));
      assertThat(failure).hasMessageContaining("WRONGTYPE");
      assertThat(failure.isTransient()).isFalse();
      assertNothingChanged();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"del", "set", "getrange", "time"})
  void missingRightChangesNothing(String command) {
    storeForAround();
    connection.send("ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*", "+@all");
    connection.send("ACL", "SETUSER", "limited", "-" + command);
    AdapterException failure = refusedFor("limited");
    assertThat(failure.isTransient()).isFalse();
    assertNothingChanged();
  }

  @Test
  void missingRightOnOneKeyChangesNothing() {
    storeForAround();
    connection.send("ACL", "SETUSER", "limited", "reset", "on", ">pw", "+@all");
    for (String id : List.of("new", "gone", "kept", "mid")) {
      connection.send("ACL", "SETUSER", "limited", "~*item:" + id);
    }
    AdapterException failure = refusedFor("limited");
    assertThat(failure).hasMessageContaining("NOPERM");
    assertThat(failure.isTransient()).isFalse();
    assertNothingChanged();
  }

  private AdapterException refusedFor(String user) {
    try (SocketConnection socket = SocketConnection.toOneNode(redis.port());
        StorageAdapter limited = adapter("t[1]*:", socket)) {
      socket.send("AUTH", user, "pw");
      AtomicPort port = limited.store("s").atomic().orElseThrow();
      return refused(() -> port.apply(around(commit("mid", version(), "m"))));
    }
  }

  private static AdapterException refused(Runnable call) {
    AdapterException failure = catchThrowableOfType(AdapterException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    return failure;
  }

  @Test
  void fullServerChangesNothing() {
    storeForAround();
    connection.send("CONFIG", "SET", "maxmemory", "1");
    try {
      AdapterException failure = refused(() -> atomic.apply(around(commit("mid", version(), "m"))));
      assertThat(failure).hasMessageContaining("OOM");
      assertThat(failure.isTransient()).isTrue();
      assertNothingChanged();
      assertThat(atomic.apply(List.of(new Removal("gone", null))).isApplied()).isTrue();
    } finally {
      connection.send("CONFIG", "SET", "maxmemory", "0");
    }
  }

  @Test
  void replicaChangesNothing() {
    storeForAround();
    connection.send("REPLICAOF", "localhost", "1");
    try {
      AdapterException failure = refused(() -> atomic.apply(around(commit("mid", version(), "m"))));
      assertThat(failure).hasMessageContaining("READONLY");
      assertThat(failure.isTransient()).isTrue();
      assertNothingChanged();
    } finally {
      connection.send("REPLICAOF", "NO", "ONE");
    }
  }

  @Test
  void refusedBatchKeepsAnEmptyForeignValueAndItsTtl() {
    connection.send("SET", "t[1]*:s:item:empty", "", "EX", "1000");
    connection.send("ACL", "SETUSER", "limited", "reset", "on", ">pw", "~*", "+@all", "-del");
    commit(commit("gone", version(), "g"));
    try (SocketConnection socket = SocketConnection.toOneNode(redis.port());
        StorageAdapter limited = adapter("t[1]*:", socket)) {
      socket.send("AUTH", "limited", "pw");
      AtomicPort port = limited.store("s").atomic().orElseThrow();
      List<AtomicWrite> writes =
          List.of(commit("empty", version(), "x"), new Removal("gone", null));
      assertThat(refused(() -> port.apply(writes))).isNotNull();
    }
    assertThat(raw("t[1]*:s:item:empty")).isEmpty();
    assertThat(Replies.integer(connection.send("TTL", "t[1]*:s:item:empty"))).isBetween(1L, 1000L);
    assertThat(payload("gone")).isEqualTo("g");
  }

  @Test
  void thousandWritesGoAndTheAnswerIsBounded() {
    int length = 3_000;
    String payload = "p".repeat(length);
    List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> "id" + i).toList();
    List<AtomicWrite> first = new ArrayList<>();
    List<AtomicWrite> second = new ArrayList<>();
    for (String id : ids) {
      first.add(commit(id, version(), payload));
    }
    for (String id : ids) {
      second.add(id.endsWith("7") ? new Removal(id, null) : commit(id, version(), payload));
    }
    assertThat(atomic.apply(first).isApplied()).isTrue();
    AtomicResult result = atomic.apply(second);
    assertThat(result.isApplied()).isTrue();
    assertThat(result.results())
        .hasSize(1_000)
        .extracting(CommitResult::stored)
        .doesNotContainNull();
    long answered = result.results().stream().filter(r -> r.payload() != null).count();
    assertThat(answered).isEqualTo(Scripts.MAX_ANSWERED_BYTES / (length + 9));
    assertThat(result.results().get(0).payload()).hasSize(length);
    assertThat(records.versions(ids).stream().filter(v -> v == null)).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_536, 65_537})
  void payloadsAreAnsweredUpToTheirLimit(int length) {
    String payload = "p".repeat(length);
    records.commit(List.of(commit("a", version(), payload), commit("b", version(), payload)));
    AtomicResult result =
        atomic.apply(List.of(commit("a", version(), "new"), new Removal("b", null)));
    for (CommitResult each : result.results()) {
      if (length <= CommitResult.MAX_PAYLOAD) {
        assertThat(each.payload()).hasSize(length);
      } else {
        assertThat(each.payload()).isNull();
      }
    }
  }

  @Test
  void isOneRoundTrip() {
    atomic.apply(List.of(commit("warm-up", version(), "x")));
    int before = connection.roundTrips();
    atomic.apply(around(commit("mid", version(), "x")));
    assertThat(connection.roundTrips() - before).isEqualTo(1);
    assertThat(atomic.holdsTogether(List.of("a", "b"))).isTrue();
    assertThat(connection.roundTrips() - before).isEqualTo(1);
  }

  @Test
  void refusesWhatItCannotTake() {
    assertThatThrownBy(() -> atomic.apply(List.of())).isInstanceOf(IllegalArgumentException.class);
    Removal removal = new Removal("1", null);
    assertThatThrownBy(() -> atomic.apply(List.of(removal, commit("1", version(), "x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'1'");
    List<AtomicWrite> many = new ArrayList<>();
    IntStream.rangeClosed(0, 1_000).forEach(i -> many.add(new Removal("id" + i, null)));
    assertThatThrownBy(() -> atomic.apply(many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1001");
  }

  @Test
  void itemsOfSeveralNodesAreRefusedBeforeAnythingIsSent() {
    adapter.close();
    use(SocketConnection.asToManyNodes(redis.port()));
    AtomicPort spread = store.atomic().orElseThrow();
    assertThat(spread.holdsTogether(List.of())).isTrue();
    assertThat(spread.holdsTogether(List.of("{a}1", "{a}2"))).isTrue();
    assertThat(spread.holdsTogether(List.of("{a}1", "{b}2"))).isFalse();
    assertThat(spread.apply(List.of(commit("{a}1", version(), "x"), new Removal("{a}2", null))))
        .matches(AtomicResult::isApplied);
    int before = connection.roundTrips();
    assertThatThrownBy(
            () ->
                spread.apply(
                    List.of(commit("{a}1", version(), "y"), commit("{b}2", version(), "y"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{tag}");
    assertThat(connection.roundTrips()).isEqualTo(before);
    assertThat(payload("{a}1")).isEqualTo("x");
  }
}
