package io.stowage.testkit.port;

import static io.stowage.spi.CommitResult.Status.APPLIED;
import static io.stowage.spi.CommitResult.Status.EXPIRED;
import static io.stowage.spi.CommitResult.Status.PRECONDITION_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.TimeToLive;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.spi.CommitResult;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.Touch;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** TTLs: set, told, changed, and over. */
interface ExpiryClauses extends Clauses {

  /** A TTL that a test waits for; long enough to do something before it ends. */
  long SHORT_MILLIS = 200;

  /** How much the backend's clock and its expiry may disagree. */
  long TOLERANCE_MICROS = 5_000;

  @Clause
  default void p221_tellsHowLongRecordsLive() {
    Bench bench = bench();
    bench.save("unlimited");
    bench.draft("after").expiringAfterMillis(600_000).apply();
    Instant moment = now(bench).plusSeconds(900);
    bench.draft("at").expiring(Expiry.at(moment)).apply();

    List<TimeToLive> ttls =
        bench.records().ttl(List.of("after", "absent", "unlimited", "at", "after"));

    assertThat(ttls).hasSize(5);
    assertTtl(ttls.get(0), Duration.ofMinutes(10));
    assertThat(ttls.get(1)).isEqualTo(TimeToLive.absent());
    assertThat(ttls.get(2)).isEqualTo(TimeToLive.unlimited());
    assertTtl(ttls.get(3), Duration.ofMinutes(15));
    assertTtl(ttls.get(4), Duration.ofMinutes(10));
  }

  @Clause
  default void p222_keepsExpiriesOfTheFarFuture() {
    Bench bench = bench();
    Instant year9999 = Instant.parse("9999-12-31T23:59:59Z");
    bench.draft("after").expiring(Expiry.after(Ttl.MAX)).apply();
    bench.draft("at").expiring(Expiry.at(year9999)).apply();
    bench.save("touched");
    assertThat(bench.touch("touched", null, Expiry.at(year9999))).isTrue();
    Duration untilYear9999 = Duration.between(now(bench), year9999);

    assertTtl(bench.ttl("after"), Ttl.MAX);
    assertTtl(bench.ttl("at"), untilYear9999);
    assertTtl(bench.ttl("touched"), untilYear9999);
    assertThat(bench.version("at")).isNotNull();
  }

  @Clause
  default void p223_aCommitSetsTheExpiryAnew() {
    Bench bench = bench();
    bench.draft("cleared").expiringAfterMillis(600_000).apply();
    bench.draft("shortened").expiringAfterMillis(600_000).apply();
    bench.save("limited");

    bench.save("cleared");
    bench.draft("shortened").expiringAfterMillis(60_000).apply();
    bench.draft("limited").expiringAfterMillis(60_000).apply();

    assertThat(bench.ttl("cleared")).isEqualTo(TimeToLive.unlimited());
    assertTtl(bench.ttl("shortened"), Duration.ofMinutes(1));
    assertTtl(bench.ttl("limited"), Duration.ofMinutes(1));
  }

  @Clause
  default void p224_aRecordExpiresAtItsMillisecond() {
    Bench bench = bench();
    long before = bench.records().serverMicros();
    bench.draft("after").expiringAfterMillis(SHORT_MILLIS).apply();
    long after = bench.records().serverMicros();
    assertExpiresBetween(
        bench, "after", before + SHORT_MILLIS * 1_000, after + SHORT_MILLIS * 1_000);

    Instant[] moment = {Instant.EPOCH};
    eventually()
        .until(
            () -> {
              moment[0] = now(bench).plusMillis(SHORT_MILLIS).truncatedTo(ChronoUnit.MILLIS);
              CommitResult result = bench.draft("at").expiring(Expiry.at(moment[0])).send();
              assertThat(result.status()).isIn(APPLIED, EXPIRED);
              return result.status() == APPLIED;
            });
    long end = ChronoUnit.MICROS.between(Instant.EPOCH, moment[0]);
    assertExpiresBetween(bench, "at", end, end);
  }

  @Clause
  default void p225_anExpiredRecordIsAbsentInEveryMethod() {
    Bench bench = bench();
    Version stays = bench.save("stays");
    List<String> ids = List.of("read", "versions", "ttl", "touch", "touchAt", "remove", "removeAt");
    List<Version> versions =
        ids.stream().map(id -> bench.draft(id).expiringAfterMillis(SHORT_MILLIS).apply()).toList();
    awaitExpiry(bench, "removeAt");

    assertThat(bench.records().read(List.of("read"))).containsOnlyNulls();
    assertThat(bench.records().versions(List.of("versions"))).containsOnlyNulls();
    assertThat(bench.ttl("ttl")).isEqualTo(TimeToLive.absent());
    assertThat(bench.touch("touch", null, Expiry.never())).isFalse();
    assertThat(bench.touch("touchAt", versions.get(4), Expiry.never())).isFalse();
    assertThat(bench.remove("remove", null).removed()).isNull();
    assertThat(bench.remove("removeAt", versions.get(6)).removed()).isNull();
    assertThat(ScanClauses.scanAll(bench, 100)).containsExactly("stays");
    bench.assertStored("stays", stays, Bench.bytes("payload of stays"));
    ids.forEach(bench::assertAbsent);
  }

  @Clause
  default void p226_anExpiredRecordIsAbsentForCommits() {
    Bench bench = bench();
    Draft older = bench.draft("older");
    Version expired = bench.draft("replace").expiringAfterMillis(SHORT_MILLIS).apply();
    for (String id : List.of("plain", "insert", "older")) {
      bench.draft(id).expiringAfterMillis(SHORT_MILLIS).apply();
    }
    awaitExpiry(bench, "older");

    CommitResult plain = bench.draft("plain").send();
    CommitResult insert = bench.draft("insert").ifAbsent().send();
    CommitResult replace = bench.draft("replace").ifAt(expired).send();
    CommitResult earlier = older.send();

    assertThat(plain.status()).isEqualTo(APPLIED);
    assertThat(plain.stored()).as("replaced version").isNull();
    assertThat(plain.payload()).as("replaced payload").isNull();
    assertThat(insert.status()).isEqualTo(APPLIED);
    assertThat(insert.stored()).isNull();
    assertThat(replace.status()).isEqualTo(PRECONDITION_FAILED);
    assertThat(replace.stored()).isNull();
    assertThat(earlier.status()).as("an older version than the expired one").isEqualTo(APPLIED);
  }

  @Clause
  default void p227_aClearedExpiryDoesNotStrike() {
    Bench bench = bench();
    long[] millis = {SHORT_MILLIS};
    eventually().until(() -> isInTime(bench, millis[0]) || lengthen(millis));

    awaitExpiry(bench, millis[0] + "expires");

    for (String id : List.of("overwritten", "touched", "prolonged", "removed")) {
      assertThat(bench.version(millis[0] + id)).as(id).isNotNull();
    }
  }

  /** Lets the next try have a longer TTL: this one's was too short for the machine. */
  private static boolean lengthen(long[] millis) {
    millis[0] += millis[0] / 2;
    return false;
  }

  /**
   * Clears expiries of a TTL, by ids that begin with its milliseconds, and answers whether all that
   * was done before the first would strike.
   */
  private static boolean isInTime(Bench bench, long millis) {
    String prefix = Long.toString(millis);
    long begin = bench.records().serverMicros();
    for (String id : List.of("overwritten", "touched", "prolonged", "removed", "expires")) {
      bench.draft(prefix + id).expiringAfterMillis(millis).apply();
    }
    bench.save(prefix + "overwritten");
    List<Boolean> touched =
        List.of(
            bench.touch(prefix + "touched", null, Expiry.never()),
            bench.touch(prefix + "prolonged", null, Expiry.after(Duration.ofMinutes(10))));
    bench.remove(prefix + "removed", null);
    bench.save(prefix + "removed");
    if (bench.records().serverMicros() - begin >= millis * 1_000) {
      return false;
    }
    assertThat(touched).containsExactly(true, true);
    return true;
  }

  @Clause
  default void p228_anExpiryLeavesIndexEntries() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    Version version = bench.draft("a").expiringAfterMillis(SHORT_MILLIS).apply();
    EntryRef entry = new EntryRef("a", version, 1);
    bench.add(term, entry);

    awaitExpiry(bench, "a");
    RemovalResult removal = bench.remove("a", null);

    assertThat(removal.removed()).isNull();
    assertThat(IndexClauses.all(bench, term)).containsExactly(entry);
    assertThat(bench.indexes().sizes(List.of(IndexRange.all(term)))).containsExactly(1L);
  }

  @Clause
  default void p231_touchChangesTheExpiryAlone() {
    Bench bench = bench();
    Draft stored = bench.draft("a");
    stored.apply();

    assertThat(bench.touch("a", null, Expiry.after(Duration.ofMinutes(10)))).isTrue();
    assertTtl(bench.ttl("a"), Duration.ofMinutes(10));
    assertThat(bench.touch("a", null, Expiry.after(Duration.ofMinutes(5)))).isTrue();
    assertTtl(bench.ttl("a"), Duration.ofMinutes(5));
    assertThat(bench.touch("a", null, Expiry.at(now(bench).plusSeconds(900)))).isTrue();
    assertTtl(bench.ttl("a"), Duration.ofMinutes(15));
    assertThat(bench.touch("a", null, Expiry.never())).isTrue();
    assertThat(bench.ttl("a")).isEqualTo(TimeToLive.unlimited());
    assertThat(bench.touch("a", null, Expiry.never())).as("unlimited already").isTrue();
    bench.assertStored("a", stored.version(), stored.payload());
  }

  @Clause
  default void p232_touchOfAPastExpiryRemoves() {
    Bench bench = bench();
    bench.save("a");
    bench.save("b");
    Version kept = bench.save("kept");

    assertThat(bench.touch("a", null, Expiry.at(now(bench).minusSeconds(1)))).isTrue();
    assertThat(bench.touch("b", null, Expiry.at(Instant.EPOCH))).isTrue();
    assertThat(bench.touch("a", null, Expiry.at(Instant.EPOCH))).as("absent now").isFalse();

    bench.assertAbsent("a");
    bench.assertAbsent("b");
    assertThat(bench.version("kept")).isEqualTo(kept);
  }

  @Clause
  default void p233_touchIsBoundToTheExpectedVersion() {
    Bench bench = bench();
    Version first = bench.save("a");
    Draft second = bench.draft("a");
    second.apply();
    Expiry later = Expiry.after(Duration.ofMinutes(10));

    assertThat(bench.touch("a", first, later)).as("at an older version").isFalse();
    assertThat(bench.touch("a", bench.next(), Expiry.at(Instant.EPOCH))).isFalse();
    assertThat(bench.ttl("a")).isEqualTo(TimeToLive.unlimited());
    bench.assertStored("a", second.version(), second.payload());
    assertThat(bench.touch("a", second.version(), later)).isTrue();
    assertTtl(bench.ttl("a"), Duration.ofMinutes(10));
  }

  @Clause
  default void p234_touchAnswersABatchInItsOrder() {
    Bench bench = bench();
    bench.save("a");
    Version b = bench.save("b");
    Expiry later = Expiry.after(Duration.ofMinutes(10));
    Expiry past = Expiry.at(Instant.EPOCH);

    List<Boolean> answers =
        bench
            .records()
            .touch(
                List.of(
                    new Touch("absent", null, later),
                    new Touch("a", null, later),
                    new Touch("a", b, later),
                    new Touch("b", b, past),
                    new Touch("b", b, later),
                    new Touch("a", null, Expiry.never())));

    assertThat(answers).containsExactly(false, true, false, true, false, true);
    bench.assertAbsent("absent");
    bench.assertAbsent("b");
    assertThat(bench.ttl("a")).isEqualTo(TimeToLive.unlimited());
  }

  private static Instant now(Bench bench) {
    return Instant.EPOCH.plus(bench.records().serverMicros(), ChronoUnit.MICROS);
  }

  private static void assertTtl(TimeToLive ttl, Duration set) {
    assertThat(ttl.remaining()).as("remaining time of '%s'", ttl).isPresent();
    assertThat(ttl.remaining().orElseThrow())
        .isBetween(set.minus(Duration.ofSeconds(30)), set.plus(Duration.ofMillis(5)));
  }

  private void awaitExpiry(Bench bench, String id) {
    eventually().alias("expiry of " + id).until(() -> bench.find(id) == null);
  }

  /**
   * Reads until the record is gone, and compares each answer with the clock before and after.
   *
   * @param earliest from when on, by the backend's clock, it may be gone
   * @param latest until when it may be there
   */
  private void assertExpiresBetween(Bench bench, String id, long earliest, long latest) {
    eventually()
        .alias("expiry of " + id)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              long before = bench.records().serverMicros();
              boolean there = bench.find(id) != null;
              long after = bench.records().serverMicros();
              if (there) {
                assertThat(before)
                    .as("clock at which '%s' was read", id)
                    .isLessThan(latest + TOLERANCE_MICROS);
              } else {
                assertThat(after)
                    .as("clock at which '%s' was gone", id)
                    .isGreaterThan(earliest - TOLERANCE_MICROS);
              }
              return !there;
            });
  }
}
