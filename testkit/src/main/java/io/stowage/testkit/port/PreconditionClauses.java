package io.stowage.testkit.port;

import static io.stowage.spi.CommitResult.Status.APPLIED;
import static io.stowage.spi.CommitResult.Status.EXPIRED;
import static io.stowage.spi.CommitResult.Status.PRECONDITION_FAILED;
import static io.stowage.spi.CommitResult.Status.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.time.Instant;

/** Commits with a precondition, and the order of the checks. */
interface PreconditionClauses extends Clauses {

  @Clause
  default void p121_insertsWhereNothingIs() {
    Bench bench = bench();

    Draft insert = bench.draft("a").ifAbsent();
    CommitResult result = insert.send();

    assertThat(result.status()).isEqualTo(APPLIED);
    assertThat(result.stored()).isNull();
    bench.assertStored("a", insert.version(), insert.payload());
  }

  @Clause
  default void p122_insertRefusesWhatExists() {
    Bench bench = bench();
    Draft first = bench.draft("a").holding("first");
    first.apply();

    CommitResult result =
        bench.draft("a").holding("second").ifAbsent().expiringAfterMillis(600_000).send();

    assertThat(result.status()).isEqualTo(PRECONDITION_FAILED);
    assertThat(result.stored()).as("current version").isEqualTo(first.version());
    assertThat(result.payload()).as("payload of a refusal").isNull();
    bench.assertStored("a", first.version(), first.payload());
    assertThat(bench.ttl("a").isUnlimited()).as("TTL unchanged").isTrue();
  }

  @Clause
  default void p123_replacesAtTheExpectedVersion() {
    Bench bench = bench();
    Version first = bench.draft("a").holding("first").apply();

    Draft second = bench.draft("a").holding("second").ifAt(first);
    CommitResult result = second.send();

    assertThat(result.status()).isEqualTo(APPLIED);
    assertThat(result.stored()).isEqualTo(first);
    assertThat(result.payload()).isEqualTo(Bench.bytes("first"));
    bench.assertStored("a", second.version(), second.payload());
  }

  @Clause
  default void p124_replaceRefusesAnotherVersion() {
    Bench bench = bench();
    Version first = bench.save("a");
    Draft second = bench.draft("a");
    second.apply();
    Version neverStored = new Version(second.version().bits() ^ 1);

    for (Version wrong : new Version[] {first, neverStored, bench.next()}) {
      CommitResult result = bench.draft("a").holding("third").ifAt(wrong).send();
      assertThat(result.status()).as("expecting %s", wrong).isEqualTo(PRECONDITION_FAILED);
      assertThat(result.stored()).as("current version").isEqualTo(second.version());
      assertThat(result.payload()).as("payload of a refusal").isNull();
    }
    bench.assertStored("a", second.version(), second.payload());
  }

  @Clause
  default void p125_replaceRefusesWhereNothingIs() {
    Bench bench = bench();

    CommitResult result = bench.draft("a").ifAt(bench.next()).send();

    assertThat(result.status()).isEqualTo(PRECONDITION_FAILED);
    assertThat(result.stored()).isNull();
    bench.assertAbsent("a");
  }

  @Clause
  default void p126_checksThePreconditionFirst() {
    Bench bench = bench();
    Version stored = bench.save("a");

    CommitResult result =
        bench
            .draft("a")
            .at(bench.old(Bench.GRACE.multipliedBy(2)))
            .expiring(Expiry.at(Instant.EPOCH))
            .ifAbsent()
            .send();

    assertThat(result.status()).isEqualTo(PRECONDITION_FAILED);
    assertThat(bench.version("a")).isEqualTo(stored);
  }

  @Clause
  default void p127_checksThePastExpirySecond() {
    Bench bench = bench();
    Version stored = bench.save("a");

    CommitResult result =
        bench
            .draft("a")
            .at(bench.old(Bench.GRACE.multipliedBy(2)))
            .expiring(Expiry.at(Instant.EPOCH))
            .ifAt(stored)
            .send();

    assertThat(result.status()).isEqualTo(EXPIRED);
    assertThat(bench.version("a")).isEqualTo(stored);
  }

  @Clause
  default void p128_checksTheGracePeriodThird() {
    Bench bench = bench();
    Version stored = bench.save("a");

    CommitResult result =
        bench.draft("a").at(bench.old(Bench.GRACE.multipliedBy(2))).ifAt(stored).send();

    assertThat(result.status()).isEqualTo(TOO_OLD);
    assertThat(result.stored()).isEqualTo(stored);
    assertThat(bench.version("a")).isEqualTo(stored);
  }

  @Clause
  default void p129_aPastExpiryChangesNothing() {
    Bench bench = bench();
    Draft stored = bench.draft("a").holding("stays").expiringAfterMillis(600_000);
    stored.apply();
    Expiry past = Expiry.at(Instant.ofEpochMilli(bench.records().serverMicros() / 1_000 - 1_000));

    CommitResult overExisting = bench.draft("a").expiring(past).send();
    CommitResult overNothing = bench.draft("b").expiring(past).send();
    CommitResult in1970 = bench.draft("b").expiring(Expiry.at(Instant.EPOCH)).send();

    assertThat(overExisting.status()).isEqualTo(EXPIRED);
    assertThat(overExisting.stored()).as("current version").isEqualTo(stored.version());
    assertThat(overExisting.payload()).as("payload of a refusal").isNull();
    bench.assertStored("a", stored.version(), stored.payload());
    assertThat(bench.ttl("a").remaining().orElse(Duration.ZERO))
        .as("TTL unchanged")
        .isGreaterThan(Duration.ofMinutes(9));
    assertThat(overNothing.status()).isEqualTo(EXPIRED);
    assertThat(overNothing.stored()).isNull();
    assertThat(in1970.status()).isEqualTo(EXPIRED);
    bench.assertAbsent("b");
  }
}
