package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.stowage.spi.SerializationException;
import java.lang.management.ManagementFactory;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KryoThreadsTest {

  private static final int THREADS = 8;

  private final KryoCodec codec = new KryoCodec();

  @Test
  void manyThreadsShareACodec() throws Exception {
    long seed = Seed.of("manyThreadsShareACodec");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch start = new CountDownLatch(THREADS);
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        long own = seed + t;
        results.add(threads.submit(() -> roundTrips(own, start)));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get(2, TimeUnit.MINUTES)).isEqualTo(500);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int roundTrips(long seed, CountDownLatch start) throws InterruptedException {
    RandomItems items = new RandomItems(seed);
    start.countDown();
    start.await();
    int done = 0;
    for (int i = 0; i < 500; i++) {
      RandomItems.Item item = items.item();
      byte[] bytes = codec.encode(item);
      assertThatThrownBy(() -> codec.encode(new Object()))
          .isInstanceOf(SerializationException.class);
      assertThatThrownBy(() -> codec.decode(new byte[] {2, 127}, RandomItems.Item.class))
          .isInstanceOf(SerializationException.class);
      if (codec.decode(bytes, RandomItems.Item.class).equals(item)
          && codec.fields(codec.encode(items.document())) != null) {
        done++;
      }
    }
    return done;
  }

  record Holder(List<Object> list) {}

  @Test
  void containersThatChangeMeanwhileAreRefused() {
    List<Object> changing =
        Collections.unmodifiableList(
            new AbstractList<>() {
              private int asked;

              @Override
              public Object get(int index) {
                return index;
              }

              @Override
              public int size() {
                return asked++ == 0 ? 3 : 2;
              }
            });

    assertThatThrownBy(() -> codec.encode(new Holder(changing)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("container of 3 elements had 2");
  }

  @Test
  void theDeepestItemsNeedNoLargeStack() throws Exception {
    Object deepest = "leaf";
    for (int i = 0; i < 500; i++) {
      deepest = List.of(deepest);
    }
    Holder item = new Holder(List.of(List.copyOf((List<?>) ((List<?>) deepest).get(0))));
    List<Object> results = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> results.add(codec.decode(codec.encode(item), Holder.class)),
            "small",
            512 * 1024);
    small.start();
    small.join();

    assertThat(results).containsExactly(item);
  }

  /** The buffer that a large item needed is not there any more when the next one is written. */
  @Test
  void largeBuffersAreNotKeptAndSmallOnesAre() {
    record Text(String text) {}
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    Text small = new Text("x".repeat(100));
    codec.encode(new Text("x".repeat(20_000_000)));
    for (int i = 0; i < 20_000; i++) {
      codec.encode(small);
    }
    long before = bean.getThreadAllocatedBytes(self);
    for (int i = 0; i < 10_000; i++) {
      codec.encode(small);
    }
    long each = (bean.getThreadAllocatedBytes(self) - before) / 10_000;

    System.out.println("bytes allocated to encode " + codec.encode(small).length + ": " + each);
    assertThat(each).isLessThan(1_000);
  }
}
