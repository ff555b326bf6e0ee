package io.stowage.benchmarks.paired;

import io.stowage.api.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes the entries of replaced records on a thread of its own, many records at a time, so that
 * no save waits for it: as the library does.
 */
final class Retirer {

  private static final int CAPACITY = 10_000;
  private static final int JOBS_AT_ONCE = 250;

  /**
   * A record that was replaced.
   *
   * @param document decodes it; called on the background thread
   */
  record Job(String id, long version, Supplier<Document> document) {}

  private final RawClient client;
  private final Function<Document, List<String>> indexKeys;
  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread = new Thread(this::run, "retirer");
  private volatile @Nullable RuntimeException failure;

  /** Removes entries from the sorted sets that a function tells of a document. */
  Retirer(RawClient client, Function<Document, List<String>> indexKeys) {
    this.client = client;
    this.indexKeys = indexKeys;
    thread.setDaemon(true);
    thread.start();
  }

  /** Removes a record's entries some time later. */
  void submit(Job job) {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("the entries of replaced records stay", failed);
    }
    queue.add(job);
  }

  private void run() {
    try {
      while (true) {
        List<Job> jobs = new ArrayList<>();
        jobs.add(queue.take());
        queue.drainTo(jobs, JOBS_AT_ONCE - 1);
        retire(jobs);
      }
    } catch (InterruptedException e) {
      queue.clear();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void retire(List<Job> jobs) {
    Map<String, List<byte[]>> members = new LinkedHashMap<>();
    for (Job job : jobs) {
      byte[] member = Layout.member(Layout.utf8(job.id()), job.version());
      for (String key : indexKeys.apply(job.document().get())) {
        members.computeIfAbsent(key, absent -> new ArrayList<>()).add(member);
      }
    }
    client.remove(members);
  }

  /** Ends the thread. */
  void close(Duration patience) {
    thread.interrupt();
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
