package io.stowage.core.protocol;

import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries to be removed by {@link CleanUp}.
 *
 * @param indexes where they are; null asks the background thread to stop
 * @param bytes how much memory the job keeps while it waits, about
 * @param dead finds the entries, on the background thread or on that of the submitter
 * @param onRemoved is told on the background thread how many were removed, if any were
 * @param onEnd runs once the job is done or dropped; must not fail
 */
record CleanUpJob(
    @Nullable IndexPort indexes,
    long bytes,
    Supplier<List<IndexEntry>> dead,
    @Nullable IntConsumer onRemoved,
    Runnable onEnd) {

  /** What an object and its references take, about. */
  private static final int OVERHEAD = 200;

  /** What an entry takes without its id and value, in a list and in a set, about. */
  private static final int ENTRY = 300;

  /** Asks the background thread to stop. */
  static final CleanUpJob STOP = new CleanUpJob(null, 0, List::of, null, () -> {});

  /** A job of which nobody is told. */
  static CleanUpJob of(IndexPort indexes, long bytes, Supplier<List<IndexEntry>> dead) {
    return new CleanUpJob(indexes, OVERHEAD + bytes, dead, null, () -> {});
  }

  /** About the bytes that a text takes. */
  static long bytesOf(String text) {
    return 2L * text.length();
  }

  /** About the bytes that entries take. */
  static long bytesOf(List<IndexEntry> entries) {
    long bytes = OVERHEAD;
    for (IndexEntry entry : entries) {
      bytes += ENTRY + bytesOf(entry.ref().id()) + bytesOf(entry.term().value());
    }
    return bytes;
  }
}
