package io.stowage.adapter.redis.common.topology;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class RefresherTest {

  /** What the class under test logs. */
  private static final class Lines extends Handler {

    final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getThrown() != null) {
        thrown.add(line.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void whatALookThrowsIsToldAndEndsNoOtherLook() {
    List<Throwable> causes =
        List.of(
            new AssertionError("made up"),
            new StackOverflowError("made up"),
            new NoClassDefFoundError("made up"),
            new IllegalStateException("made up"));
    AtomicInteger looks = new AtomicInteger();
    Runnable failing =
        () -> {
          int look = looks.getAndIncrement();
          if (look < causes.size()) {
            throwUnchecked(causes.get(look));
          }
        };
    Logger logger = Logger.getLogger(Refresher.class.getName());
    Lines lines = new Lines();
    logger.addHandler(lines);
    try (Refresher refresher = new Refresher(failing, Duration.ofMillis(5))) {
      await().atMost(60, SECONDS).until(() -> looks.get() > causes.size());

      int before = looks.get();
      refresher.request();
      await().atMost(60, SECONDS).until(() -> looks.get() > before);
    } finally {
      logger.removeHandler(lines);
    }

    assertThat(lines.thrown).containsExactlyElementsOf(causes);
  }

  private static void throwUnchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) cause;
  }
}
