package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.api.ServerReport;
import io.stowage.api.Version;
import io.stowage.spi.AdapterException;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Removal;
import io.stowage.spi.ServerPort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.spi.Touch;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What an adapter declares or not: confirmation by replicas, reads from them, its servers. */
interface CapabilityClauses extends Clauses {

  IndexTerm TERM = IndexTerm.exact("kind", "confirmed");

  /** More replicas than any backend under test has. */
  Durability UNREACHABLE = Durability.replicas(99, Duration.ofMillis(60));

  @Clause
  default void p861_confirmedWritesAreThoseOfThePlainPorts() {
    Bench bench = bench();
    Durability durability = reachableDurability().orElse(Durability.master());
    StorePorts confirmed = bench.ports().confirmed(durability).orElse(bench.ports());
    Draft draft = bench.draft("a").ifAbsent();
    EntryRef ref = new EntryRef("a", draft.version(), 1);

    List<CommitResult> results =
        confirmed.addThenCommit(Bench.entries(TERM, ref), List.of(draft.commit()));

    assertThat(Bench.only(results).status()).isEqualTo(CommitResult.Status.APPLIED);
    bench.assertStored("a", draft.version(), draft.payload());
    assertThat(IndexClauses.all(bench, TERM)).containsExactly(ref);
    assertThat(Bench.only(confirmed.records().commit(List.of(draft.commit()))).status())
        .isEqualTo(CommitResult.Status.PRECONDITION_FAILED);
    Touch touch = new Touch("a", null, Expiry.after(Duration.ofMinutes(10)));
    assertThat(confirmed.records().touch(List.of(touch))).containsExactly(true);
    assertThat(bench.ttl("a").isUnlimited()).isFalse();
    assertThat(Bench.only(confirmed.records().remove(List.of(new Removal("a", null)))).removed())
        .isEqualTo(draft.version());
    bench.assertAbsent("a");
  }

  /** That it is unknown is no excuse: the caller must learn that too few replicas have it. */
  @Clause
  default void p862_whatIsNotConfirmedIsNotAnsweredAsDone() {
    Bench bench = bench();
    StorePorts confirmed = bench.ports().confirmed(UNREACHABLE).orElse(null);
    if (confirmed == null) {
      assertThat(reachableDurability()).as("level said to be reachable").isEmpty();
      return;
    }
    Draft draft = bench.draft("a");
    EntryRef ref = new EntryRef("a", draft.version(), 1);

    AdapterException failure =
        catchThrowableOfType(
            AdapterException.class,
            () -> confirmed.addThenCommit(Bench.entries(TERM, ref), List.of(draft.commit())));

    assertThat(failure).isNotNull();
    if (failure.outcome() == Outcome.NOT_APPLIED) {
      bench.assertAbsent("a");
    } else {
      bench.assertStored("a", draft.version(), draft.payload());
    }
    bench.save("b");
    assertThat(
            catchThrowableOfType(
                    AdapterException.class,
                    () -> confirmed.records().remove(List.of(new Removal("b", null))))
                .outcome())
        .isEqualTo(Outcome.UNKNOWN);
    bench.assertAbsent("b");
  }

  /** What items need to be decoded may have been stored by somebody who waited for nobody. */
  @Clause
  default void p865_whatOthersStoredCanBeConfirmed() {
    Bench bench = bench();
    byte[] mine = {1};
    byte[] others = {2};
    bench.ports().blobs().put("piece", others);
    bench.records().define("text");
    StorePorts unreachable = bench.ports().confirmed(UNREACHABLE).orElse(null);
    StorePorts confirmed =
        bench
            .ports()
            .confirmed(reachableDurability().orElse(Durability.master()))
            .orElse(bench.ports());

    assertThat(confirmed.blobs().add("piece", mine)).isFalse();
    assertThat(confirmed.blobs().add("other", mine)).isTrue();
    assertThat(confirmed.records().redefine("text", "text")).isTrue();
    if (unreachable == null) {
      assertThat(reachableDurability()).as("level said to be reachable").isEmpty();
    } else {
      assertUnconfirmed(() -> unreachable.blobs().add("piece", mine));
      assertUnconfirmed(() -> unreachable.records().redefine("text", "text"));
    }
    assertThat(bench.ports().blobs().read("piece").orElseThrow()).isEqualTo(others);
    assertThat(bench.ports().blobs().read("other").orElseThrow()).isEqualTo(mine);
    assertThat(bench.records().definition()).contains("text");
  }

  private static void assertUnconfirmed(ThrowingCallable write) {
    AdapterException failure = catchThrowableOfType(AdapterException.class, write);
    assertThat(failure).as("what 99 replicas should confirm").isNotNull();
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Clause
  default void p863_possiblyStaleReadsSeeWhatWasWrittenInTheEnd() {
    Bench bench = bench();
    StorePorts stale = bench.ports().possiblyStale().orElse(bench.ports());
    Version version = bench.save("a");
    EntryRef ref = new EntryRef("a", version, 7);
    bench.add(TERM, ref);
    IndexRange range = IndexRange.all(TERM);

    eventually()
        .untilAsserted(
            () -> {
              assertThat(stale.records().versions(List.of("a", "none")))
                  .containsExactly(version, null);
              assertThat(Bench.only(stale.records().read(List.of("a"))).payload())
                  .isEqualTo(Bench.bytes("payload of a"));
              assertThat(stale.records().ttl(List.of("a")).get(0).isUnlimited()).isTrue();
              assertThat(stale.indexes().read(range, Direction.DESCENDING, null, 10))
                  .containsExactly(ref);
              assertThat(stale.indexes().sizes(List.of(range))).containsExactly(1L);
            });
  }

  @Clause
  default void p864_tellsItsServers() {
    ServerPort port = bench().adapter().servers().orElse(null);
    if (port == null) {
      try (StorageAdapter other = another()) {
        assertThat(other.servers()).as("servers of another adapter").isEmpty();
      }
      return;
    }

    ServerReport report = port.inspect();

    assertThat(report.servers()).isNotEmpty();
    assertThat(report.servers())
        .allSatisfy(
            server -> {
              assertThat(server.address()).isNotBlank();
              assertThat(server.role()).isIn("master", "replica");
              assertThat(server.version()).isNotBlank();
            });
    assertThat(report.problems())
        .as("problems of the servers under test")
        .noneMatch(problem -> problem.severity() == ServerReport.Severity.ERROR);
    assertThat(report.missingRights()).isEmpty();
  }
}
