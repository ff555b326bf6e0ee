package io.stowage.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AsyncExecutorsTest {

  @Test
  void theBoundedPoolRejectsWorkWhenItIsFull() throws Exception {
    int threads = 32;
    int waiting = 1_000;
    ExecutorService pool = AsyncExecutors.bounded();
    CountDownLatch running = new CountDownLatch(threads);
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(threads + waiting);
    AtomicReference<Thread> worker = new AtomicReference<>();
    Runnable work =
        () -> {
          worker.set(Thread.currentThread());
          running.countDown();
          try {
            if (released.await(30, SECONDS)) {
              done.countDown();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    for (int i = 0; i < threads + waiting; i++) {
      pool.execute(work);
    }
    assertThat(running.await(60, SECONDS)).isTrue();

    assertThatThrownBy(() -> pool.execute(work)).isInstanceOf(RejectedExecutionException.class);

    assertThat(worker.get().isDaemon()).isTrue();
    assertThat(worker.get().getName()).startsWith("stowage-async-");
    released.countDown();
    assertThat(done.await(60, SECONDS)).isTrue();
    pool.shutdown();
    assertThat(pool.awaitTermination(60, SECONDS)).isTrue();
  }

  @Test
  void theExecutorFitsTheRuntime() throws Exception {
    ExecutorService executor = AsyncExecutors.create();
    Thread thread = executor.submit(Thread::currentThread).get(60, SECONDS);
    executor.shutdown();

    boolean isPooled = thread.getName().startsWith("stowage-async-");
    assertThat(isPooled).isEqualTo(Runtime.version().feature() < 21);
    assertThat(thread.isDaemon()).isTrue();
  }
}
