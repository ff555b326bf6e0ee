package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three Sentinels that do not tell the same, and two servers of which each says it is master. */
@Timeout(120)
class SentinelTopologyTest {

  private static final Duration WITHIN = Duration.ofSeconds(5);

  /** What a Sentinel says. */
  private record Told(int epoch, FakeServer master) {}

  private final List<FakeServer> masters = List.of(master("old"), master("new"));
  private final Map<Integer, Told> told = new HashMap<>();
  private final List<FakeServer> sentinels = new ArrayList<>();

  SentinelTopologyTest() {
    for (int i = 0; i < 3; i++) {
      int number = i;
      sentinels.add(new FakeServer(command -> answer(number, command)));
    }
    tell(3, masters.get(0), 0, 1, 2);
  }

  @AfterEach
  void close() {
    sentinels.forEach(FakeServer::close);
    masters.forEach(FakeServer::close);
  }

  private static FakeServer master(String name) {
    return new FakeServer(
        command ->
            command.get(0).equalsIgnoreCase("ROLE") ? List.of("master", 0, List.of()) : name);
  }

  private synchronized void tell(int epoch, FakeServer master, int... numbers) {
    for (int number : numbers) {
      told.put(number, new Told(epoch, master));
    }
  }

  private synchronized Told told(int number) {
    return told.get(number);
  }

  private Object answer(int number, List<String> command) {
    Told now = told(number);
    String host = now.master().address().host();
    String port = String.valueOf(now.master().address().port());
    return switch (command.get(1)) {
      case "GET-MASTER-ADDR-BY-NAME" -> List.of(host, port);
      case "MASTER" -> List.of("name", command.get(2), "config-epoch", "" + now.epoch());
      case "MYID" -> "id" + number;
      case "SENTINELS" -> others(number);
      default -> List.of();
    };
  }

  private List<List<String>> others(int number) {
    List<List<String>> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      if (i != number) {
        ServerAddress place = sentinels.get(i).address();
        others.add(List.of("runid", "id" + i, "ip", place.host(), "port", "" + place.port()));
      }
    }
    return others;
  }

  private Deployment open(int... numbers) {
    String places =
        Arrays.stream(numbers)
            .mapToObj(number -> sentinels.get(number).address().toString())
            .collect(Collectors.joining(","));
    return Deployment.open("redis-sentinel://" + places + "/orders", WITHIN);
  }

  /** What was sent to a server that has ended has no answer. */
  private static void awaitAnswer(Deployment redis, String answer) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(AdapterException.class)
        .until(() -> redis.call("GET", "a").equals(answer));
  }

  private boolean wasAsked(int master) {
    return masters.get(master).calls().stream().anyMatch(call -> call.get(0).equals("GET"));
  }

  @Test
  void aSentinelThatWasCutOffIsNotBelieved() {
    tell(4, masters.get(1), 1, 2);

    for (int i = 0; i < 5; i++) {
      try (Deployment redis = open(0, 1, 2)) {
        assertThat(redis.call("GET", "a")).isEqualTo("new");
      }
    }
    assertThat(wasAsked(0)).isFalse();
  }

  @Test
  void oneThatTheUriNamesAloneIsAskedWithTheOthersOnceTheyAreKnown() {
    try (Deployment redis = open(0)) {
      assertThat(redis.call("GET", "a")).isEqualTo("old");
      tell(4, masters.get(1), 1, 2);
      sentinels.get(0).close();
      masters.get(0).close();

      awaitAnswer(redis, "new");
    }
  }

  @Test
  void aMinorityThatIsBehindWhatWasSeenIsNotBelieved() {
    tell(4, masters.get(1), 0, 1, 2);
    try (Deployment redis = open(0, 1, 2)) {
      assertThat(redis.call("GET", "a")).isEqualTo("new");
      tell(3, masters.get(0), 0);
      sentinels.get(1).close();
      sentinels.get(2).close();
      masters.get(1).close();

      assertThatThrownBy(() -> redis.call("GET", "a")).isInstanceOf(AdapterException.class);
    }
    assertThat(wasAsked(0)).isFalse();
  }

  /** Sentinels that were set up anew begin with earlier epochs. */
  @Test
  void aMajorityIsBelievedWhateverWasSeen() {
    tell(4, masters.get(1), 0, 1, 2);
    try (Deployment redis = open(0, 1, 2)) {
      assertThat(redis.call("GET", "a")).isEqualTo("new");
      tell(0, masters.get(0), 0, 1, 2);
      masters.get(1).close();

      awaitAnswer(redis, "old");
    }
  }

  @Test
  void aFrozenOneHoldsNobodyUp() {
    CountDownLatch end = new CountDownLatch(1);
    FakeServer frozen =
        new FakeServer(
            command -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return "";
            });
    try (frozen) {
      List<ServerAddress> places = List.of(frozen.address(), sentinels.get(1).address());
      long begin = System.nanoTime();
      String uri =
          "redis-sentinel://"
              + places.get(0)
              + ","
              + places.get(1)
              + ","
              + sentinels.get(2).address()
              + "/orders";
      try (Deployment redis = Deployment.open(uri, Duration.ofSeconds(30))) {
        assertThat(redis.call("GET", "a")).isEqualTo("old");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    } finally {
      end.countDown();
    }
  }
}
