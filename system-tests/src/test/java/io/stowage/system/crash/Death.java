package io.stowage.system.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Outcome;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The death of a writer.
 *
 * @param adapter the writer's
 * @param kind what it was writing
 * @param commands so many came through
 * @param atLast whether the last of them was still answered
 */
record Death(
    String adapter, Deployment deployment, Writing.Kind kind, int commands, boolean atLast) {

  /** The writer was told that its write was done. */
  static final String DONE = "DONE";

  /** After its death the writer goes on looking for its servers as long as this. */
  private static final Duration WRITER_TIMEOUT = Duration.ofMillis(200);

  /**
   * What became of it.
   *
   * @param outcome what the writer was told
   * @param isCut whether it died before it came to its end
   */
  record End(String outcome, boolean isCut) {}

  /** Lets a writer die, and fails if it was told something that is not so. */
  End of(
      ItemType<Document> type, StoreOptions options, CrashItems items, Storage<Document> survivor)
      throws IOException {
    Writing writing = Writing.of(kind, items, survivor);
    Map<String, Document> before = Writing.contents(survivor);
    try (CuttingProxy proxy = CuttingProxy.before(deployment.ports())) {
      String outcome;
      try (StoragePlatform platform =
          patiently(() -> deployment.open(adapter, proxy.addresses(), WRITER_TIMEOUT))) {
        Storage<Document> storage = patiently(() -> platform.store(type, options));
        proxy.cutAfter(commands, atLast);
        outcome = outcome(writing, storage);
      }
      proxy.awaitDrained();
      assertTold(outcome, writing, before, Writing.contents(survivor));
      return new End(outcome, proxy.isCut());
    }
  }

  /** A slow machine may need more than one attempt within the writer's short time-out. */
  private static <R> R patiently(Callable<R> open) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(StorageException.class)
        .until(open, opened -> true);
  }

  private static String outcome(Writing writing, Storage<Document> storage) {
    try {
      writing.run().accept(storage);
      return DONE;
    } catch (StorageException failure) {
      return failure.outcome().name();
    }
  }

  private void assertTold(
      String outcome, Writing writing, Map<String, Document> before, Map<String, Document> actual) {
    if (outcome.equals(DONE)) {
      assertThat(actual).as("%s done", this).isEqualTo(writing.after());
    } else if (outcome.equals(Outcome.NOT_APPLIED.name())) {
      assertThat(actual).as("%s not applied", this).isEqualTo(before);
    } else if (writing.isAtomic()) {
      assertThat(actual).as("%s unknown", this).isIn(before, writing.after());
    } else {
      for (String id : CrashItems.allIds()) {
        assertThat(actual.get(id))
            .as("%s unknown, %s", this, id)
            .isIn(before.get(id), writing.after().get(id));
      }
    }
  }

  @Override
  public String toString() {
    return "%s on %s, %s after %d commands%s:"
        .formatted(adapter, deployment.scheme(), kind, commands, atLast ? ", at the last" : "");
  }
}
