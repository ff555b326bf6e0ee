package io.stowage.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** One thread: it writes and reads its own groups, and looks at those of others. */
final class SoakWorker implements Callable<Long> {

  private static final Duration TOLERANCE = Duration.ofMillis(5);

  private final List<Group> own;
  private final List<Group> all;
  private final Storage<Document> reader;
  private final Random random;
  private final long untilNanos;

  /**
   * A worker.
   *
   * @param reader a store without a TTL of its own, so that it lets nobody live on
   */
  SoakWorker(
      List<Group> own, List<Group> all, Storage<Document> reader, Random random, long untilNanos) {
    this.own = own;
    this.all = all;
    this.reader = reader;
    this.random = random;
    this.untilNanos = untilNanos;
  }

  /** Answers how many operations it did. */
  @Override
  public Long call() {
    long operations = 0;
    while (System.nanoTime() - untilNanos < 0 && !Thread.currentThread().isInterrupted()) {
      next(own.get(random.nextInt(own.size())));
      operations++;
    }
    return operations;
  }

  private void next(Group group) {
    int kind = random.nextInt(100);
    if (kind < 30) {
      group.fill();
    } else if (kind < 37) {
      group.save();
    } else if (kind < 50) {
      group.update();
    } else if (kind < 55) {
      group.delete();
    } else if (kind < 63) {
      group.load();
    } else if (kind < 66) {
      group.exists();
    } else if (kind < 72) {
      group.loadAll();
    } else if (kind < 84) {
      group.list();
    } else if (kind < 90) {
      group.listKind();
    } else if (kind < 95) {
      group.count();
    } else {
      lookAt(all.get(random.nextInt(all.size())));
    }
  }

  private void lookAt(Group group) {
    Instant begin = Instant.now();
    for (Document found : reader.list(group.query())) {
      Knowledge.assertWhole(found);
      if (found.get("expires_at") instanceof String end) {
        assertThat(Instant.parse(end).plus(TOLERANCE)).as("%s", found).isAfterOrEqualTo(begin);
      }
    }
  }
}
