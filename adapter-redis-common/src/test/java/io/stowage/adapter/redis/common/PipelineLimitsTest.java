package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.spi.AdapterException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PipelineLimitsTest {

  private final AtomicInteger sent = new AtomicInteger();

  /** A connection on which nothing may be sent. */
  private final class Counting implements RedisConnection {

    @Override
    public List<Reply> execute(List<RedisCommand> batch) {
      sent.incrementAndGet();
      return batch.stream().map(command -> (Reply) new Reply.Int(1)).toList();
    }

    @Override
    public Confirmed execute(List<RedisCommand> batch, Durability durability) {
      return new Confirmed(execute(batch), 0);
    }

    @Override
    public List<Reply> executeStale(List<RedisCommand> batch) {
      return execute(batch);
    }

    @Override
    public List<ServerReplies> onEveryServer(List<RedisCommand> batch) {
      return List.of(new ServerReplies("here", execute(batch)));
    }

    @Override
    public boolean isSingleNode() {
      return true;
    }

    @Override
    public boolean servesTogether(List<byte[]> keys) {
      return true;
    }

    @Override
    public KeyPage scan(String position, byte[] pattern, int count) {
      return new KeyPage(List.of(), null);
    }

    @Override
    public void close() {}
  }

  /** The server would end the connection, and what came of the command would not be known. */
  @Test
  void commandThatNoServerTakesIsRefusedBeforeAnythingIsSent() {
    byte[] key = Bytes.ascii("k");
    RedisCommand small = RedisCommand.onKey("GET", key);
    RedisCommand huge = RedisCommand.of("EVAL", key, Collections.nCopies(600, new byte[1 << 20]));
    try (Pipeline pipeline = new Pipeline(new Counting())) {
      AdapterException failure =
          catchThrowableOfType(AdapterException.class, () -> pipeline.write(List.of(small, huge)));
      assertThat(failure)
          .hasMessageContaining("EVAL of key 'k'")
          .hasMessageContaining("allowed are 536870912");
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(failure.isTransient()).isFalse();
      assertThat(sent).hasValue(0);
    }
  }
}
