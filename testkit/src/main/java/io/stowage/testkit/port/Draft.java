package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import java.time.Duration;
import java.util.List;

/** A commit in the making; each method answers a draft with one thing changed. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Draft(
    Bench bench,
    String id,
    Version version,
    byte[] payload,
    Expiry expiry,
    Precondition precondition,
    Duration grace) {

  Draft at(Version other) {
    return new Draft(bench, id, other, payload, expiry, precondition, grace);
  }

  Draft holding(byte[] other) {
    return new Draft(bench, id, version, other, expiry, precondition, grace);
  }

  Draft holding(String other) {
    return holding(Bench.bytes(other));
  }

  Draft expiring(Expiry other) {
    return new Draft(bench, id, version, payload, other, precondition, grace);
  }

  Draft expiringAfterMillis(long millis) {
    return expiring(Expiry.after(Duration.ofMillis(millis)));
  }

  Draft keepingExpiry() {
    return expiring(Expiry.keep());
  }

  Draft extendingExpiry(Duration least) {
    return expiring(Expiry.extend(least));
  }

  Draft when(Precondition other) {
    return new Draft(bench, id, version, payload, expiry, other, grace);
  }

  Draft ifAbsent() {
    return when(Precondition.absent());
  }

  Draft ifAt(Version expected) {
    return when(Precondition.version(expected));
  }

  Draft grace(Duration other) {
    return new Draft(bench, id, version, payload, expiry, precondition, other);
  }

  Commit commit() {
    return new Commit(id, version, payload, expiry, precondition, grace);
  }

  /** Commits it alone and answers what became of it. */
  CommitResult send() {
    return Bench.only(bench.records().commit(List.of(commit())));
  }

  /** Commits it alone, checks that it was applied, and answers its version. */
  Version apply() {
    assertThat(send().status())
        .as("commit of '%s'", Texts.shown(id))
        .isEqualTo(CommitResult.Status.APPLIED);
    return version;
  }
}
