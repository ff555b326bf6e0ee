package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryBatchTest {

  private static final Duration GRACE = Duration.ofSeconds(60);

  private final TestClock clock = new TestClock();
  private final StoreParts store = StoreParts.of(clock, new Lifetime(), later -> {});
  private final MemoryRecords records = new MemoryRecords(store);
  private final MemoryBatches batches = new MemoryBatches(store);
  private final AtomicInteger versions = new AtomicInteger();

  private Version next() {
    return new Version((records.serverMicros() << 12) + versions.incrementAndGet());
  }

  private Commit commit(String id, String payload, Precondition precondition) {
    return new Commit(id, next(), bytes(payload), Expiry.never(), precondition, GRACE);
  }

  private Commit commit(String id) {
    return commit(id, "of " + id, Precondition.none());
  }

  private Version stored(String id) {
    Commit commit = commit(id);
    assertThat(records.commit(List.of(commit)).get(0).status()).isEqualTo(Status.APPLIED);
    return commit.version();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void appliesCommitsAndRemovalsAndAnswersWhatWasReplaced() {
    Version old = stored("a");
    Version gone = stored("b");
    Commit a = commit("a", "new", Precondition.version(old));
    Commit c = commit("c", "first", Precondition.absent());

    AtomicResult result =
        batches.apply(List.of(a, new Removal("b", gone), c, new Removal("none", null)));

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results()).extracting(CommitResult::status).containsOnly(Status.APPLIED);
    assertThat(result.results())
        .extracting(CommitResult::stored)
        .containsExactly(old, gone, null, null);
    assertThat(result.results().get(0).payload()).isEqualTo(bytes("of a"));
    assertThat(result.results().get(1).payload()).isEqualTo(bytes("of b"));
    assertThat(result.results().get(2).payload()).isNull();
    assertThat(records.versions(List.of("a", "b", "c", "none")))
        .containsExactly(a.version(), null, c.version(), null);
  }

  @Test
  void aRefusalAppliesNothingAndShowsNoPayload() {
    Version old = stored("a");

    AtomicResult result =
        batches.apply(
            List.of(commit("a"), new Removal("a2", old), commit("b", "", Precondition.none())));

    assertThat(result.isApplied()).isFalse();
    assertThat(result.results())
        .extracting(CommitResult::status)
        .containsExactly(Status.APPLIED, Status.PRECONDITION_FAILED, Status.APPLIED);
    assertThat(result.results()).extracting(CommitResult::stored).containsExactly(old, null, null);
    assertThat(result.results()).extracting(CommitResult::payload).containsOnlyNulls();
    assertThat(records.versions(List.of("a", "b"))).containsExactly(old, null);
  }

  @Test
  void whatExpiredIsAbsent() {
    Commit brief =
        new Commit(
            "a",
            next(),
            bytes("x"),
            Expiry.after(Duration.ofMillis(5)),
            Precondition.none(),
            GRACE);
    records.commit(List.of(brief));
    clock.advance(Duration.ofMillis(5));

    AtomicResult result =
        batches.apply(List.of(commit("a", "new", Precondition.absent()), new Removal("b", null)));

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results()).extracting(CommitResult::stored).containsOnlyNulls();
    assertThat(records.ttl(List.of("a"))).containsExactly(TimeToLive.unlimited());
  }

  @Test
  void oneMomentDecidesOverAllOfABatch() {
    MemoryBatches ticking =
        new MemoryBatches(StoreParts.of(new TickingClock(), new Lifetime(), later -> {}));
    Commit first =
        new Commit("a", next(), bytes("x"), Expiry.at(at(50)), Precondition.none(), GRACE);
    Commit second =
        new Commit("b", next(), bytes("y"), Expiry.at(at(50)), Precondition.none(), GRACE);
    assertThat(ticking.apply(List.of(first, second)).isApplied()).isTrue();

    AtomicResult result =
        ticking.apply(
            List.of(new Removal("a", first.version()), new Removal("b", second.version())));

    assertThat(result.results().get(0).serverMicros())
        .isEqualTo(result.results().get(1).serverMicros());
  }

  private static Instant at(int millis) {
    return TestClock.START.plusMillis(millis);
  }

  @Test
  void refusesNoneTooManyAndAnIdTwice() {
    List<AtomicWrite> many = new ArrayList<>();
    for (int i = 0; i <= AtomicPort.MAX_WRITES; i++) {
      many.add(new Removal("id-" + i, null));
    }

    assertThatThrownBy(() -> batches.apply(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("atomic batch has 0 writes; allowed is 1 to 1000");
    assertThatThrownBy(() -> batches.apply(many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("atomic batch has 1001 writes; allowed is 1 to 1000");
    assertThatThrownBy(() -> batches.apply(List.of(commit("a"), new Removal("a", null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("id 'a' is twice in an atomic batch; allowed is once");
    assertThat(records.versions(List.of("a"))).containsOnlyNulls();
    assertThat(batches.apply(many.subList(0, AtomicPort.MAX_WRITES)).isApplied()).isTrue();
  }

  @Test
  void anyItemsLieTogether() {
    assertThat(batches.holdsTogether(List.of("a", "{t}:b", "c"))).isTrue();
    assertThat(batches.requirement()).isNotBlank();
  }

  /** Two items that only batches write, both at once: nobody sees one without the other. */
  @Test
  void nobodySeesTheMiddleOfABatch() throws Exception {
    write("0");
    AtomicBoolean done = new AtomicBoolean();
    Race.run(
        thread -> {
          try {
            for (int i = 0; i < 2_000 && !done.get(); i++) {
              switch (thread) {
                case 0, 1 -> write(thread + "-" + i);
                case 2 -> records.touch(List.of(new Touch("a", null, Expiry.never())));
                case 3 -> assertThat(records.scan("", 10).ids()).containsExactly("a", "b");
                default -> assertThat(read("a", "b").get(0)).isEqualTo(read("b", "a").get(0));
              }
            }
          } finally {
            if (thread < 2) {
              done.set(true);
            }
          }
        });
  }

  /** Writes the same text into both items; a batch that meets a newer one is refused. */
  private void write(String text) {
    batches.apply(
        List.of(commit("a", text, Precondition.none()), commit("b", text, Precondition.none())));
  }

  /** The texts of both items as one call answers them, which must be equal. */
  private List<String> read(String first, String second) {
    List<String> texts =
        records.read(List.of(first, second)).stream().map(MemoryBatchTest::text).toList();
    assertThat(texts.get(0)).isEqualTo(texts.get(1));
    return List.of("equal");
  }

  private static String text(StoredRecord record) {
    return new String(record.payload(), StandardCharsets.UTF_8);
  }

  /** Transfers between accounts, by the versions read: the sum stays what it was. */
  @Test
  void batchesThatOverlapLoseNothing() throws Exception {
    int accounts = 6;
    List<String> ids = IntStream.range(0, accounts).mapToObj(i -> "account-" + i).toList();
    for (String id : ids) {
      records.commit(List.of(commit(id, "100", Precondition.none())));
    }
    AtomicInteger applied = new AtomicInteger();

    Race.run(
        thread -> {
          for (int i = 0; i < 500; i++) {
            List<String> pair = new ArrayList<>(ids);
            Collections.rotate(pair, thread + i);
            if (thread % 2 == 0) {
              Collections.reverse(pair);
            }
            if (transfer(pair.get(0), pair.get(1))) {
              applied.incrementAndGet();
            }
          }
        });

    assertThat(records.read(ids).stream().mapToInt(r -> Integer.parseInt(text(r))).sum())
        .isEqualTo(accounts * 100);
    assertThat(applied).hasPositiveValue();
  }

  private boolean transfer(String from, String to) {
    StoredRecord source = records.read(List.of(from)).get(0);
    StoredRecord target = records.read(List.of(to)).get(0);
    int less = Integer.parseInt(text(source)) - 1;
    int more = Integer.parseInt(text(target)) + 1;
    return batches
        .apply(
            List.of(
                commit(from, Integer.toString(less), Precondition.version(source.version())),
                commit(to, Integer.toString(more), Precondition.version(target.version()))))
        .isApplied();
  }

  /** A clock that moves a millisecond each time that it is read. */
  private static final class TickingClock implements InstantSource {

    private final AtomicInteger ticks = new AtomicInteger();

    @Override
    public Instant instant() {
      return at(ticks.incrementAndGet());
    }
  }
}
