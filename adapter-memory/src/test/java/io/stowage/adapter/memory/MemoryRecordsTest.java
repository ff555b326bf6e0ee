package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.ScanPage;
import io.stowage.spi.Touch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryRecordsTest {

  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final byte[] PAYLOAD = bytes("{\"a\":1}");

  private final TestClock clock = new TestClock();
  private final MemoryRecords records =
      new MemoryRecords(StoreParts.of(clock, new Lifetime(), later -> {}));
  private int versions;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Version next() {
    return Version.of(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), ++versions % 4096);
  }

  private CommitResult commit(Commit commit) {
    return records.commit(List.of(commit)).get(0);
  }

  private Version stored(String id, Expiry expiry) {
    Version version = next();
    CommitResult result =
        commit(new Commit(id, version, PAYLOAD, expiry, Precondition.none(), GRACE));
    assertThat(result.status()).isEqualTo(Status.APPLIED);
    return version;
  }

  private Version stored(String id) {
    return stored(id, Expiry.never());
  }

  @Test
  void storesAndReadsInTheOrderAsked() {
    Version a = stored("a");
    Version b = stored("b");

    assertThat(records.versions(List.of("b", "none", "a"))).containsExactly(b, null, a);
    assertThat(records.read(List.of("none", "a")).get(0)).isNull();
    assertThat(records.read(List.of("a")).get(0).payload()).isEqualTo(PAYLOAD);
    assertThat(records.read(List.of("a")).get(0).version()).isEqualTo(a);
  }

  @Test
  void answersTheReplacedRecordAndTheClock() {
    Version first = stored("a");
    CommitResult result =
        commit(new Commit("a", next(), bytes("new"), Expiry.never(), Precondition.none(), GRACE));

    assertThat(result.status()).isEqualTo(Status.APPLIED);
    assertThat(result.stored()).isEqualTo(first);
    assertThat(result.payload()).isEqualTo(PAYLOAD);
    assertThat(result.serverMicros())
        .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, TestClock.START))
        .isEqualTo(records.serverMicros());
  }

  @Test
  void aFirstCommitReplacesNothing() {
    CommitResult result =
        commit(new Commit("a", next(), PAYLOAD, Expiry.never(), Precondition.none(), GRACE));

    assertThat(result.stored()).isNull();
    assertThat(result.payload()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, CommitResult.MAX_PAYLOAD, CommitResult.MAX_PAYLOAD + 1})
  void answersPayloadsUpToTheBound(int length) {
    byte[] large = new byte[length];
    Arrays.fill(large, (byte) 7);
    byte[] expected = length > CommitResult.MAX_PAYLOAD ? null : large;
    commit(new Commit("a", next(), large, Expiry.never(), Precondition.none(), GRACE));

    CommitResult replaced =
        commit(new Commit("a", next(), large, Expiry.never(), Precondition.none(), GRACE));
    RemovalResult removed = records.remove(List.of(new Removal("a", null))).get(0);

    assertThat(replaced.payload()).isEqualTo(expected);
    assertThat(removed.payload()).isEqualTo(expected);
  }

  @Test
  void keepsItsOwnBytes() {
    byte[] given = PAYLOAD.clone();
    commit(new Commit("a", next(), given, Expiry.never(), Precondition.none(), GRACE));
    given[0] = 'X';
    records.read(List.of("a")).get(0).payload()[0] = 'Y';

    assertThat(records.read(List.of("a")).get(0).payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void refusesWhatIsNotNewer() {
    Version version = stored("a");
    for (Version refused : List.of(version, new Version(version.bits() - 1))) {
      CommitResult result =
          commit(new Commit("a", refused, bytes("x"), Expiry.never(), Precondition.none(), GRACE));
      assertThat(result.status()).isEqualTo(Status.NOT_NEWER);
      assertThat(result.stored()).isEqualTo(version);
      assertThat(result.payload()).isNull();
    }
    assertThat(records.read(List.of("a")).get(0).payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void refusesVersionsOlderThanTheGracePeriodByItsOwnClock() {
    long micros = records.serverMicros();
    Version oldest = Version.of(micros - 60_000_000, 0);
    Version tooOld = Version.of(micros - 60_000_001, 0xfff);

    assertThat(commit(plain("a", tooOld)).status()).isEqualTo(Status.TOO_OLD);
    assertThat(commit(plain("a", oldest)).status()).isEqualTo(Status.APPLIED);
    clock.advance(Duration.ofNanos(1_000));
    assertThat(commit(plain("b", oldest)).status()).isEqualTo(Status.TOO_OLD);
  }

  private static Commit plain(String id, Version version) {
    return new Commit(id, version, PAYLOAD, Expiry.never(), Precondition.none(), GRACE);
  }

  @Test
  void checksPreconditionThenExpiryThenAgeThenVersion() {
    Version version = stored("a");
    Version ancient = Version.of(1, 1);
    Expiry past = Expiry.at(clock.instant().minusSeconds(1));
    Precondition absent = Precondition.absent();
    Precondition none = Precondition.none();

    assertThat(commit(new Commit("a", ancient, PAYLOAD, past, absent, GRACE)).status())
        .isEqualTo(Status.PRECONDITION_FAILED);
    assertThat(commit(new Commit("a", ancient, PAYLOAD, past, none, GRACE)).status())
        .isEqualTo(Status.EXPIRED);
    assertThat(commit(plain("a", ancient)).status()).isEqualTo(Status.TOO_OLD);
    assertThat(commit(plain("a", version)).status()).isEqualTo(Status.NOT_NEWER);
    assertThat(records.versions(List.of("a"))).containsExactly(version);
  }

  @Test
  void keepsPreconditions() {
    Precondition absent = Precondition.absent();
    Version first = next();
    Version second = next();
    Version third = next();

    assertThat(commit(conditional(first, Precondition.version(first))).status())
        .isEqualTo(Status.PRECONDITION_FAILED);
    assertThat(commit(conditional(first, absent)).status()).isEqualTo(Status.APPLIED);
    assertThat(commit(conditional(second, absent)).stored()).isEqualTo(first);
    assertThat(commit(conditional(second, Precondition.version(third))).status())
        .isEqualTo(Status.PRECONDITION_FAILED);
    assertThat(commit(conditional(second, Precondition.version(first))).status())
        .isEqualTo(Status.APPLIED);
  }

  private static Commit conditional(Version version, Precondition precondition) {
    return new Commit("c", version, PAYLOAD, Expiry.never(), precondition, GRACE);
  }

  @Test
  void commitsOfOneIdApplyInTheirOrder() {
    Version first = next();
    Version second = next();

    List<CommitResult> results =
        records.commit(List.of(plain("a", first), plain("a", second), plain("a", first)));

    assertThat(results)
        .extracting(CommitResult::status)
        .containsExactly(Status.APPLIED, Status.APPLIED, Status.NOT_NEWER);
    assertThat(results.get(1).stored()).isEqualTo(first);
  }

  @Test
  void removesOnlyTheExpectedVersion() {
    Version version = stored("a");

    assertThat(records.remove(List.of(new Removal("a", next()), new Removal("none", null))))
        .containsExactly(RemovalResult.NOTHING, RemovalResult.NOTHING);
    RemovalResult removed = records.remove(List.of(new Removal("a", version))).get(0);

    assertThat(removed.removed()).isEqualTo(version);
    assertThat(removed.payload()).isEqualTo(PAYLOAD);
    assertThat(records.versions(List.of("a"))).containsOnlyNulls();
  }

  @Test
  void anExpiredRecordIsAbsentInEveryMethodFromItsMillisecond() {
    Instant expiry = Instant.parse("2026-01-01T00:00:01.500Z");
    Version version = stored("a", Expiry.at(expiry.plusNanos(999_999)));
    clock.set(expiry.minusNanos(1));
    assertThat(records.versions(List.of("a"))).containsExactly(version);
    assertThat(records.ttl(List.of("a"))).containsExactly(TimeToLive.of(Duration.ofMillis(1)));

    clock.set(expiry);

    assertThat(records.scan(ScanPage.START, 10).ids()).isEmpty();
    assertThat(records.held()).as("the scan freed it").isZero();
    assertAbsent(() -> assertThat(records.read(List.of("a"))).containsOnlyNulls());
    assertAbsent(() -> assertThat(records.versions(List.of("a"))).containsOnlyNulls());
    assertAbsent(() -> assertThat(records.ttl(List.of("a"))).containsOnly(TimeToLive.absent()));
    assertAbsent(
        () ->
            assertThat(records.touch(List.of(new Touch("a", null, Expiry.never()))))
                .containsExactly(false));
    assertAbsent(
        () ->
            assertThat(records.remove(List.of(new Removal("a", null))))
                .containsExactly(RemovalResult.NOTHING));
    assertAbsent(
        () -> {
          CommitResult result = commit(conditional("a", Precondition.absent()));
          assertThat(result.status()).isEqualTo(Status.APPLIED);
          assertThat(result.stored()).isNull();
          assertThat(result.payload()).isNull();
        });
  }

  private Commit conditional(String id, Precondition precondition) {
    return new Commit(id, next(), PAYLOAD, Expiry.never(), precondition, GRACE);
  }

  /** Stores a record, lets it expire, and checks what one access to it answers. */
  private void assertAbsent(Runnable access) {
    stored("a", Expiry.after(Duration.ofMillis(1)));
    clock.advance(Duration.ofMillis(1));
    access.run();
    records.remove(List.of(new Removal("a", null)));
    assertThat(records.held()).isZero();
  }

  @Test
  void anExpiredRecordDoesNotMeetAVersionPrecondition() {
    Version version = stored("a", Expiry.after(Duration.ofSeconds(1)));
    clock.advance(Duration.ofSeconds(1));

    CommitResult result = commit(conditional("a", Precondition.version(version)));

    assertThat(result.status()).isEqualTo(Status.PRECONDITION_FAILED);
    assertThat(result.stored()).isNull();
  }

  @Test
  void refusesAMomentThatIsNowOrPast() {
    for (Instant moment : List.of(clock.instant(), clock.instant().minusMillis(1))) {
      CommitResult result =
          commit(new Commit("a", next(), PAYLOAD, Expiry.at(moment), Precondition.none(), GRACE));
      assertThat(result.status()).isEqualTo(Status.EXPIRED);
    }
    assertThat(records.held()).isZero();
  }

  @Test
  void aNewCommitBringsItsOwnExpiry() {
    stored("a", Expiry.after(Duration.ofSeconds(1)));
    stored("a");
    clock.advance(Duration.ofDays(1));

    assertThat(records.ttl(List.of("a"))).containsExactly(TimeToLive.unlimited());
  }

  @Test
  void touchChangesTheExpiryOfTheExpectedVersion() {
    Version version = stored("a", Expiry.after(Duration.ofSeconds(1)));
    Expiry hour = Expiry.after(Duration.ofHours(1));

    assertThat(records.touch(List.of(new Touch("a", next(), hour), new Touch("b", null, hour))))
        .containsExactly(false, false);
    assertThat(records.ttl(List.of("a")).get(0).remaining()).hasValue(Duration.ofSeconds(1));
    assertThat(records.touch(List.of(new Touch("a", version, hour)))).containsExactly(true);
    assertThat(records.ttl(List.of("a")).get(0).remaining()).hasValue(Duration.ofHours(1));
    assertThat(records.touch(List.of(new Touch("a", null, Expiry.never())))).containsExactly(true);
    assertThat(records.ttl(List.of("a"))).containsExactly(TimeToLive.unlimited());
  }

  @Test
  void touchIntoThePastRemoves() {
    stored("a");

    assertThat(records.touch(List.of(new Touch("a", null, Expiry.at(Instant.EPOCH)))))
        .containsExactly(true);

    assertThat(records.held()).isZero();
  }

  @Test
  void expiredRecordsAreFreedByLaterWritesOfOthers() {
    for (int i = 0; i < 1_000; i++) {
      stored("old" + i, Expiry.after(Duration.ofMillis(1 + i)));
    }
    clock.advance(Duration.ofSeconds(2));
    assertThat(records.held()).isEqualTo(1_000);
    for (int i = 0; i < 125; i++) {
      stored("new");
    }

    assertThat(records.held()).isEqualTo(1);
  }

  @Test
  void memoryDoesNotGrowWhileEveryWriteAddsARecordThatExpires() {
    int most = 0;
    for (int i = 0; i < 20_000; i++) {
      stored("id" + i, Expiry.after(Duration.ofMillis(10)));
      clock.advance(Duration.ofNanos(100_000));
      most = Math.max(most, records.held());
    }

    assertThat(most).isBetween(90, 110);
  }

  @Test
  void rewritingARecordLeavesOneMomentOfExpiry() {
    RecordMap map = new RecordMap();
    for (long i = 0; i < 100; i++) {
      long expiresAt = 1_000 + i / 2;
      map.change(
          "a", held -> new HeapRecord(new Version(1), PAYLOAD, expiresAt, AddedEntries.UNKNOWN));
    }
    assertThat(map.heldDues()).isEqualTo(1);

    map.freeExpired(1_048, 8);
    assertThat(map.held()).as("not yet").isEqualTo(1);
    map.freeExpired(1_049, 8);

    assertThat(map.held()).isZero();
    assertThat(map.heldDues()).isZero();
    assertThat(map.idsAfter(null)).isEmpty();
  }

  @Test
  void scansInBoundedPages() {
    TreeSet<String> expected = new TreeSet<>(List.of("", ">", ">>", "\u0000", "ü"));
    for (int i = 0; i < 100; i++) {
      expected.add("id" + i);
    }
    expected.forEach(this::stored);

    List<String> found = new ArrayList<>();
    ScanPage page = records.scan(ScanPage.START, 7);
    while (page.next() != null) {
      assertThat(page.ids()).hasSizeLessThanOrEqualTo(7);
      found.addAll(page.ids());
      page = records.scan(page.next(), 7);
    }
    found.addAll(page.ids());

    assertThat(found).containsExactlyElementsOf(expected);
    assertThat(records.scan(ScanPage.START, 0).ids()).hasSize(1);
    assertThatThrownBy(() -> records.scan("nonsense", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "scan position is 'nonsense'; allowed are ScanPage.START and the next of a page");
  }

  @Test
  void aDefinitionIsReplacedIfItIsTheExpectedOne() {
    assertThat(records.redefine("", "one")).as("before there is one").isFalse();
    records.define("one");

    assertThat(records.redefine("other", "two")).isFalse();
    assertThat(records.definition()).contains("one");
    assertThat(records.redefine("one", "two")).isTrue();
    assertThat(records.redefine("one", "three")).isFalse();
    assertThat(records.definition()).contains("two");
    assertThat(records.define("four")).isEqualTo("two");
  }

  @Test
  void theFirstDefinitionStays() throws Exception {
    assertThat(records.definition()).isEmpty();
    List<String> answers = java.util.Collections.synchronizedList(new ArrayList<>());
    Race.run(thread -> answers.add(records.define("definition " + thread)));

    assertThat(answers).hasSize(Race.THREADS).containsOnly(records.definition().orElseThrow());
  }

  @Test
  void oneInsertWins() throws Exception {
    for (int round = 0; round < 300; round++) {
      String id = "id" + round;
      List<Version> applied = java.util.Collections.synchronizedList(new ArrayList<>());
      List<Version> offered = new ArrayList<>();
      for (int i = 0; i < Race.THREADS; i++) {
        offered.add(next());
      }
      Race.run(
          thread -> {
            Version version = offered.get(thread);
            Commit insert =
                new Commit(id, version, PAYLOAD, Expiry.never(), Precondition.absent(), GRACE);
            if (commit(insert).status() == Status.APPLIED) {
              applied.add(version);
            }
          });
      assertThat(applied).hasSize(1);
      assertThat(records.versions(List.of(id))).isEqualTo(applied);
    }
  }

  @Test
  void theGreatestVersionWinsWhateverTheOrder() throws Exception {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("theGreatestVersionWinsWhateverTheOrder seed " + seed);
    long micros = records.serverMicros();
    TreeMap<String, Version> greatest = new TreeMap<>();
    Race.run(
        thread -> {
          Random random = new Random(seed + thread);
          for (int i = 0; i < 5_000; i++) {
            String id = "id" + random.nextInt(50);
            Version version = Version.of(micros + random.nextInt(1_000_000), thread);
            byte[] payload = bytes(version.toString());
            Expiry expiry =
                random.nextBoolean() ? Expiry.never() : Expiry.after(Duration.ofHours(1));
            commit(new Commit(id, version, payload, expiry, Precondition.none(), GRACE));
            synchronized (greatest) {
              greatest.merge(id, version, (a, b) -> a.isNewerThan(b) ? a : b);
            }
          }
        });

    greatest.forEach(
        (id, version) -> {
          assertThat(records.versions(List.of(id))).as("seed %d", seed).containsExactly(version);
          assertThat(records.read(List.of(id)).get(0).payload())
              .isEqualTo(bytes(version.toString()));
        });
  }

  @Test
  void aScanFindsEveryRecordThatStaysWhileOthersComeAndGo() throws Exception {
    TreeSet<String> staying = new TreeSet<>();
    for (int i = 0; i < 500; i++) {
      staying.add("stays" + i);
    }
    staying.forEach(this::stored);
    long micros = records.serverMicros();
    Race.run(
        thread -> {
          if (thread > 3) {
            for (int i = 0; i < 3_000; i++) {
              String id = "stays" + i % 500 + "x" + thread;
              commit(plain(id, Version.of(micros + i, thread)));
              records.remove(List.of(new Removal(id, null)));
            }
            return;
          }
          for (int round = 0; round < 5; round++) {
            TreeSet<String> found = new TreeSet<>();
            ScanPage page = records.scan(ScanPage.START, 13);
            while (page.next() != null) {
              found.addAll(page.ids());
              page = records.scan(page.next(), 13);
            }
            found.addAll(page.ids());
            assertThat(found).containsAll(staying);
          }
        });
  }
}
