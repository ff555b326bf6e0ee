package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was sent to several servers is awaited, whatever happens at one of them. */
class ExchangeTest {

  private static final ServerAddress FIRST = new ServerAddress("127.0.0.1", 1);
  private static final ServerAddress SECOND = new ServerAddress("127.0.0.1", 2);
  private static final ServerAddress THIRD = new ServerAddress("127.0.0.1", 3);

  private final List<ServerAddress> sent = new ArrayList<>();
  private final List<ServerAddress> awaited = new ArrayList<>();
  private final Servers servers = new Servers(new Client(), null, 0, true, Duration.ofMinutes(1));
  private Runnable whileSending = () -> {};
  private Runnable whileAwaiting = () -> {};

  /** A client that fails at the second server. */
  private final class Client implements ServerConnector {

    @Override
    public ServerConnection connect(ServerTarget target) {
      return new Connection(target.address());
    }

    @Override
    public void close() {}
  }

  private final class Connection implements ServerConnection {

    private final ServerAddress address;

    Connection(ServerAddress address) {
      this.address = address;
    }

    @Override
    public void warmUp(int connections) {}

    @Override
    public PendingReplies send(List<RedisCommand> batch, Deadline deadline) {
      failAtSecond(whileSending);
      sent.add(address);
      return () -> {
        awaited.add(address);
        failAtSecond(whileAwaiting);
        return batch.stream().map(command -> (Reply) new Reply.Int(1)).toList();
      };
    }

    private void failAtSecond(Runnable failure) {
      if (address.equals(SECOND)) {
        failure.run();
      }
    }

    @Override
    public PendingReplies sendAlone(List<RedisCommand> batch, Deadline deadline) {
      return send(batch, deadline);
    }

    @Override
    public void close() {}
  }

  /** Three masters; which one has a key is told by its slot. */
  private static final class ThreeMasters implements Topology {

    private final Shards shards;

    ThreeMasters() {
      @Nullable Shard[] bySlot = new Shard[Slots.COUNT];
      List<Shard> all =
          List.of(
              new Shard(FIRST, List.of(FIRST)),
              new Shard(SECOND, List.of(SECOND)),
              new Shard(THIRD, List.of(THIRD)));
      for (int slot = 0; slot < bySlot.length; slot++) {
        bySlot[slot] = all.get(slot % 3);
      }
      shards = Shards.ofCluster(bySlot, Map.of());
    }

    @Override
    public Shards shards() {
      return shards;
    }

    @Override
    public Shards withReplicas() {
      return shards;
    }

    @Override
    public boolean mayChange() {
      return true;
    }

    @Override
    public void moved(int slot, ServerAddress to) {}

    @Override
    public void suspect(ServerAddress server) {}

    @Override
    public void lookAgain() {}

    @Override
    public void close() {}
  }

  private static List<RedisCommand> batch() {
    List<RedisCommand> batch = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      batch.add(RedisCommand.onKey("GET", ("k" + i).getBytes(StandardCharsets.US_ASCII)));
    }
    return batch;
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private void assertAllAwaited() {
    assertThat(sent).contains(FIRST).isEqualTo(awaited);
  }

  private void call() {
    new BatchCall(new ThreeMasters(), servers, batch(), Durability.master(), deadline()).run();
  }

  private void callStale() {
    new StaleReads(new ThreeMasters(), servers).read(batch(), deadline());
  }

  private void ask() {
    ServerAnswers unused =
        ServerAnswers.of(servers, List.of(FIRST, SECOND, THIRD), batch(), deadline());
  }

  private List<Runnable> all() {
    return List.of(this::call, this::callStale, this::ask);
  }

  @Test
  void errorWhileSendingLeavesNothingUnawaited() {
    whileSending =
        () -> {
          throw new StackOverflowError("while sending");
        };
    for (Runnable one : all()) {
      assertThatThrownBy(one::run).isInstanceOf(StackOverflowError.class);
      assertAllAwaited();
    }
  }

  @Test
  void errorWhileAwaitingLeavesNothingUnawaited() {
    whileAwaiting =
        () -> {
          throw new OutOfMemoryError("while awaiting");
        };
    for (Runnable one : all()) {
      assertThatThrownBy(one::run).isInstanceOf(OutOfMemoryError.class);
      assertAllAwaited();
      assertThat(awaited).contains(THIRD);
    }
  }

  @Test
  void unexpectedExceptionOfAClientIsALostAnswer() {
    for (boolean sending : new boolean[] {true, false}) {
      Runnable failure =
          () -> {
            throw new IllegalArgumentException("port out of range");
          };
      whileSending = sending ? failure : () -> {};
      whileAwaiting = sending ? () -> {} : failure;
      for (Runnable one : List.<Runnable>of(this::call, this::callStale)) {
        AdapterException lost = catchThrowableOfType(AdapterException.class, one::run);
        assertThat(lost).hasMessageContaining("127.0.0.1:2").hasMessageContaining("out of range");
        assertThat(lost.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertAllAwaited();
      }
    }
  }
}
