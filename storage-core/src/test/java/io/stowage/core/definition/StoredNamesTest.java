package io.stowage.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StoreDefinition;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestClock;
import io.stowage.spi.NameTable;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.SerializationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StoredNamesTest {

  private static final StoreDefinition OWN = new StoreDefinition("kryo", List.of(), null);

  private final TestClock clock = new TestClock();
  private final Backend backend = new Backend(clock);
  private final PersistencePort records = backend.store("things").records();

  /** The names as a process sees them that opens the store now. */
  private NameTable process() {
    return new StoredNames(
        LiveDefinition.opened(records, OWN, () -> {}, clock, Duration.ofMinutes(1)));
  }

  @Test
  void aNameKeepsItsNumberForEveryProcess() {
    NameTable first = process();
    NameTable second = process();

    int a = first.number("a");
    int b = second.number("b");

    assertThat(a).isGreaterThan(NameTable.MAX_NAMES).isNotEqualTo(b);
    assertThat(second.number("a")).isEqualTo(a);
    assertThat(first.name(b)).as("unknown so far").isEqualTo("b");
    assertThat(process().number("b")).isEqualTo(b);
    assertThat(process().name(a)).isEqualTo("a");
  }

  @Test
  void theOldestRecordsHaveThePlacesOfNames() {
    NameTable names = process();
    names.number("a");
    names.number("b");

    assertThat(process().name(1)).isEqualTo("a");
    assertThat(process().name(2)).isEqualTo("b");
  }

  /** Two processes that know nothing of each other, over data that was begun anew in between. */
  @Test
  void aNumberStandsForNothingElseAfterTheDataWasLost() {
    int before = process().number("com.acme.Order");
    PersistencePort empty = backend.store("others").records();
    NameTable anew =
        new StoredNames(LiveDefinition.opened(empty, OWN, () -> {}, clock, Duration.ofMinutes(1)));
    anew.number("com.acme.Invoice");

    assertThatThrownBy(() -> anew.name(before)).isInstanceOf(SerializationException.class);
    assertThat(anew.number("com.acme.Order")).isEqualTo(before);
  }

  @Test
  void whatIsKnownCostsNothing() {
    NameTable names = process();
    names.number("a");
    backend.disturbance().forgetCalls();

    assertThat(names.name(names.number("a"))).isEqualTo("a");
    assertThat(backend.disturbance().calls()).isEmpty();
    names.number("b");
    assertThat(backend.disturbance().calls()).containsExactly(Call.REDEFINE);
  }

  @Test
  void numbersWithoutANameAreRefused() {
    NameTable names = process();
    names.number("a");

    for (int number : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> names.name(number))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining(String.valueOf(number));
    }
  }

  @Test
  void processesThatNameAtTheSameTimeAgree() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    Map<String, Integer> numbers = new ConcurrentHashMap<>();
    List<Future<?>> runs = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      NameTable names = process();
      runs.add(
          threads.submit(
              () -> {
                start.await();
                for (int i = 0; i < 20; i++) {
                  int number = names.number("n" + i);
                  Integer other = numbers.putIfAbsent("n" + i, number);
                  assertThat(other == null ? number : other).isEqualTo(number);
                }
                return null;
              }));
    }
    start.countDown();
    for (Future<?> run : runs) {
      run.get(30, TimeUnit.SECONDS);
    }
    threads.shutdownNow();
    assertThat(numbers.values()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void aReindexAtTheSameTimeKeepsNewNames() {
    LiveDefinition live =
        LiveDefinition.opened(records, OWN, () -> {}, clock, Duration.ofMinutes(1));
    StoredDefinition before = live.latest();
    new StoredNames(live).number("a");

    assertThat(live.latest().codedAs(before)).isEqualTo(before);
    assertThat(before.codedAs(live.latest())).isEqualTo(live.latest());
  }
}
