package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One item moves between many terms, added to the next before it is removed from the last. */
class MovesTest {

  private static final int LOOKS = 3_000;

  private final MemoryIndexes indexes = new MemoryIndexes(new Lifetime());
  private final List<IndexTerm> terms =
      IntStream.range(0, 300).mapToObj(i -> IndexTerm.exact("color", "c" + i)).toList();

  private static IndexEntry entry(IndexTerm term, long version) {
    return new IndexEntry(term, new EntryRef("a", new Version(version), 1));
  }

  private void move(long seed, AtomicBoolean done) {
    Random random = new Random(seed);
    IndexEntry held = entry(terms.get(0), 1);
    for (long version = 2; !done.get(); version++) {
      IndexEntry next = entry(terms.get(random.nextInt(terms.size())), version);
      indexes.add(List.of(next));
      indexes.remove(List.of(held));
      held = next;
    }
  }

  @Test
  void noReadOfAllTermsMissesTheItem() throws Exception {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    indexes.add(List.of(entry(terms.get(0), 1)));
    List<IndexRead> reads =
        terms.stream()
            .map(term -> new IndexRead(IndexRange.all(term), Direction.ASCENDING, null, 10))
            .toList();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    int missed = 0;
    try {
      Future<?> moves = writer.submit(() -> move(seed, done));
      for (int look = 0; look < LOOKS; look++) {
        missed += indexes.readAll(reads).stream().allMatch(List::isEmpty) ? 1 : 0;
      }
      done.set(true);
      moves.get(30, TimeUnit.SECONDS);
    } finally {
      done.set(true);
      writer.shutdownNow();
    }
    assertThat(missed).as("of %s looks, -Dstowage.seed=%s", LOOKS, seed).isZero();
  }
}
