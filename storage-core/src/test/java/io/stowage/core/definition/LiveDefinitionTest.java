package io.stowage.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.IndexKind;
import io.stowage.api.Outcome;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.Version;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Commit;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LiveDefinitionTest {

  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final IndexDefinition KIND = new IndexDefinition("kind", IndexKind.EXACT);
  private static final IndexDefinition SIZE = new IndexDefinition("size", IndexKind.RANGE);
  private static final StoreDefinition OWN = new StoreDefinition("json", List.of(KIND), "at");

  private static final int FIRST = ContentNumber.FIRST_DICTIONARY;

  private final TestClock clock = new TestClock();
  private final Backend backend = new Backend(clock);
  private final PersistencePort records = backend.store("things").records();

  private LiveDefinition opened() {
    LiveDefinition live = LiveDefinition.opened(records, OWN, () -> {}, clock, GRACE);
    backend.disturbance().forgetCalls();
    return live;
  }

  private StoredDefinition change(LiveDefinition live) {
    StoredDefinition next = live.latest().building(SIZE);
    PersistencePort elsewhere = backend.undisturbed().store("things").records();
    assertThat(elsewhere.redefine(DefinitionText.write(live.latest()), DefinitionText.write(next)))
        .isTrue();
    return next;
  }

  @Test
  void theFirstWhoOpensStoresItsOwn() {
    LiveDefinition first = opened();
    LiveDefinition second =
        LiveDefinition.opened(
            records, new StoreDefinition("json", List.of(SIZE), "at"), () -> {}, clock, GRACE);

    assertThat(first.latest().toApi()).isEqualTo(OWN);
    assertThat(second.latest().toApi()).isEqualTo(OWN);
  }

  @Test
  void withinItsLeaseItIsNotReadAgain() {
    LiveDefinition live = opened();
    StoredDefinition before = live.current();
    change(live);
    clock.move(LEASE.dividedBy(4).multipliedBy(3));

    assertThat(live.current()).isSameAs(before);
    assertThat(backend.disturbance().calls()).isEmpty();
  }

  @Test
  void afterItsLeaseItIsReadOnceAndWhatHasNotChangedStaysTheSame() {
    LiveDefinition live = opened();
    StoredDefinition before = live.current();
    clock.move(LEASE.plusMillis(1));

    assertThat(live.current()).isSameAs(before);
    assertThat(live.current()).isSameAs(before);
    assertThat(backend.disturbance().calls()).containsExactly(Call.DEFINITION);
  }

  @Test
  void afterItsLeaseAChangeIsSeen() {
    LiveDefinition live = opened();
    StoredDefinition changed = change(live);
    clock.move(LEASE.plusMillis(1));

    assertThat(live.current()).isEqualTo(changed);
    assertThat(live.latest().written()).containsExactly(KIND, SIZE);
  }

  @Test
  void aClockThatWasSetBackEndsTheLease() {
    LiveDefinition live = opened();
    StoredDefinition changed = change(live);
    clock.move(Duration.ofSeconds(-1));

    assertThat(live.current()).isEqualTo(changed);
  }

  @Test
  void theMonotonicClockEndsTheLeaseThoughTheWallClockStandsStill() {
    Duration lease = Duration.ofMillis(5);
    LiveDefinition live =
        LiveDefinition.opened(records, OWN, () -> {}, clock, lease.multipliedBy(2));
    StoredDefinition changed = change(live);
    long end = System.nanoTime() + lease.toNanos();
    while (System.nanoTime() - end <= 0) {
      Thread.onSpinWait();
    }

    assertThat(live.current()).isEqualTo(changed);
  }

  @Test
  void theAgeCountsFromBeforeTheDefinitionWasAskedFor() {
    LiveDefinition live = opened();
    clock.move(LEASE.plusMillis(1));
    backend.disturbance().after(Call.DEFINITION, () -> clock.move(LEASE.plusMillis(1)));
    live.current();
    StoredDefinition changed = change(live);

    assertThat(live.current()).isEqualTo(changed);
  }

  @Test
  void aFailedReadAppliesNothingAndTheNextOneTriesAgain() {
    LiveDefinition live = opened();
    StoredDefinition changed = change(live);
    clock.move(LEASE.plusMillis(1));
    backend
        .disturbance()
        .after(
            Call.DEFINITION,
            () -> {
              throw AdapterException.unanswered("lost", null);
            });

    assertThatThrownBy(live::current)
        .isInstanceOfSatisfying(
            AdapterException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.isTransient()).isTrue();
            })
        .hasMessageContaining("lost");
    assertThat(live.current()).isEqualTo(changed);
  }

  /** Where the data of the store is; another place stands for one that was emptied. */
  private final AtomicReference<PersistencePort> place = new AtomicReference<>(records);

  private final AtomicInteger restored = new AtomicInteger();

  private LiveDefinition openedAtPlace() {
    PersistencePort emptied =
        (PersistencePort)
            Proxy.newProxyInstance(
                PersistencePort.class.getClassLoader(),
                new Class<?>[] {PersistencePort.class},
                (proxy, method, arguments) -> method.invoke(place.get(), arguments));
    return LiveDefinition.opened(emptied, OWN, restored::incrementAndGet, clock, GRACE);
  }

  private StoredDefinition storedAtPlace() {
    return DefinitionText.read(place.get().definition().orElseThrow());
  }

  @Test
  void aDefinitionThatIsGoneWithTheDataIsStoredAgainWithItsNumbers() {
    LiveDefinition live = openedAtPlace();
    live.change(stored -> stored.with(stored.coding().withName("a").withDictionary(FIRST)));
    restored.set(0);
    StoredDefinition before = live.latest();
    place.set(backend.undisturbed().store("empty").records());

    StoredDefinition after = live.renewed();

    assertThat(after.coding().incarnation()).isNotEqualTo(before.coding().incarnation());
    assertThat(after.with(before.coding())).isEqualTo(before);
    assertThat(after.coding().includes(before.coding())).isTrue();
    assertThat(storedAtPlace()).isEqualTo(after);
    assertThat(restored.get()).isPositive();
    assertThat(live.renewed()).isEqualTo(after);
  }

  @Test
  void whatOthersBeganAnewGetsTheNumbersThatAreKnown() {
    LiveDefinition live = openedAtPlace();
    live.change(stored -> stored.with(stored.coding().withName("a").withName("b")));
    LiveDefinition other = openedAtPlace();
    place.set(backend.undisturbed().store("empty").records());
    StoredDefinition begunAnew = openedAtPlace().latest();

    StoredDefinition after = live.renewed();

    assertThat(after.coding().names()).containsExactly("a", "b");
    assertThat(after.coding().incarnation()).isEqualTo(begunAnew.coding().incarnation());
    assertThat(storedAtPlace()).isEqualTo(after);
    assertThat(live.renewed()).isEqualTo(after);
    restored.set(0);
    assertThat(other.renewed()).isEqualTo(after);
    assertThat(restored).as("each process puts back what it knows").hasValue(1);
  }

  @Test
  void whatOthersBeganAnewOtherwiseIsKeptBesideWhatIsKnown() {
    LiveDefinition live = openedAtPlace();
    live.change(
        stored -> stored.with(stored.coding().withName("a").withName("b").withDictionary(FIRST)));
    place.set(backend.undisturbed().store("empty").records());
    LiveDefinition other = openedAtPlace();
    other.change(stored -> stored.with(stored.coding().withName("c").withDictionary(FIRST + 1)));

    StoredCoding after = live.renewed().coding();

    assertThat(after.names()).containsExactly("c", "a", "b");
    assertThat(after.dictionaries()).as("the one in use stays").containsExactly(FIRST, FIRST + 1);
    assertThat(storedAtPlace()).isEqualTo(live.latest());
    assertThat(other.renewed().coding()).isEqualTo(after);
  }

  /** A server that came back with older data: its definition is there, but lacks the latest. */
  @Test
  void whatARolledBackDefinitionLacksIsPutBackAfterWhatItNames() {
    AtomicReference<String> namedWhileRestoring = new AtomicReference<>();
    PersistencePort plain = backend.undisturbed().store("things").records();
    LiveDefinition live =
        LiveDefinition.opened(
            records,
            OWN,
            () -> namedWhileRestoring.set(plain.definition().orElseThrow()),
            clock,
            GRACE);
    String snapshot = plain.definition().orElseThrow();
    live.change(stored -> stored.with(stored.coding().withName("a").withDictionary(FIRST)));
    String lost = plain.definition().orElseThrow();
    assertThat(plain.redefine(lost, snapshot)).isTrue();

    StoredDefinition after = live.renewed();

    assertThat(after.coding().names()).containsExactly("a");
    assertThat(after.coding().dictionary()).isEqualTo(FIRST);
    assertThat(plain.definition()).contains(lost);
    assertThat(namedWhileRestoring).as("when the pieces were put back").hasValue(snapshot);
  }

  @Test
  void whatIsKnownSurvivesThatPuttingItBackFails() {
    LiveDefinition live = opened();
    PersistencePort plain = backend.undisturbed().store("things").records();
    String snapshot = plain.definition().orElseThrow();
    live.change(stored -> stored.with(stored.coding().withName("a")));
    assertThat(plain.redefine(plain.definition().orElseThrow(), snapshot)).isTrue();
    backend
        .disturbance()
        .before(
            Call.REDEFINE,
            () -> {
              throw AdapterException.unavailable("down", null);
            });

    assertThatThrownBy(live::renewed).hasMessageContaining("down");
    assertThat(live.renewed().coding().names()).containsExactly("a");
  }

  private void saveARecord() {
    place
        .get()
        .commit(
            List.of(
                new Commit(
                    "a",
                    Version.of(clock.millis() * 1_000, 0),
                    new byte[] {1},
                    Expiry.never(),
                    Precondition.none(),
                    GRACE)));
  }

  /** The definition alone is lost: another place has the record and no definition. */
  private void loseDefinition() {
    place.set(backend.undisturbed().store("without definition").records());
    saveARecord();
  }

  @Test
  void aStoreWithRecordsAndWithoutADefinitionIsNotDefinedAnewInSilence() {
    loseDefinition();

    assertThatThrownBy(this::openedAtPlace)
        .isInstanceOfSatisfying(AdapterException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("records but no definition")
        .hasMessageContaining("reindex");
    assertThat(place.get().definition()).isEmpty();
  }

  @Test
  void whoKnowsALostDefinitionPutsItBack() {
    LiveDefinition live = openedAtPlace();
    live.change(stored -> stored.building(SIZE).at("x"));
    loseDefinition();
    clock.move(LEASE.plusMillis(1));

    live.current();

    assertThat(storedAtPlace().in(IndexState.READY)).containsExactly(KIND);
    assertThat(storedAtPlace().in(IndexState.BUILDING)).containsExactly(SIZE);
    assertThat(storedAtPlace().position()).isEmpty();
    assertThat(openedAtPlace().latest()).isEqualTo(live.latest());
  }

  /** Meanwhile an index may have been dropped, and not been written by others since. */
  @Test
  void whatIsKnownForLongIsNotCalledReady() {
    LiveDefinition live = openedAtPlace();
    loseDefinition();
    clock.move(GRACE.plus(LEASE).plusMillis(1));

    live.current();

    assertThat(storedAtPlace().in(IndexState.READY)).isEmpty();
    assertThat(storedAtPlace().in(IndexState.BUILDING)).containsExactly(KIND);
    assertThat(storedAtPlace().written()).containsExactly(KIND);
  }

  @Test
  void aDefinitionOfAnotherOrderFailsForGood() {
    LiveDefinition live = opened();
    StoreDefinition other = new StoreDefinition("json", List.of(KIND), null);
    backend
        .undisturbed()
        .store("things")
        .records()
        .redefine(
            DefinitionText.write(live.latest()), DefinitionText.write(StoredDefinition.of(other)));
    clock.move(LEASE.plusMillis(1));

    assertThatThrownBy(live::current)
        .isInstanceOfSatisfying(AdapterException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("replaced");
  }

  @Test
  void whoLooksStoresNothing() {
    LiveDefinition live = LiveDefinition.observed(records, OWN, () -> {}, clock, GRACE);

    assertThat(live.latest().toApi()).isEqualTo(OWN);
    assertThat(records.definition()).isEmpty();
  }

  @Test
  @Timeout(120)
  void beforeTheLeaseEndsOneReadsForAllAndNobodyWaits() throws Exception {
    LiveDefinition live = opened();
    StoredDefinition changed = change(live);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    backend
        .disturbance()
        .before(
            Call.DEFINITION,
            () -> {
              reading.countDown();
              await(goOn);
            });
    clock.move(LEASE.dividedBy(4).multipliedBy(3).plusMillis(1));
    Thread one = new Thread(live::current);
    one.start();
    await(reading);

    assertThat(live.current().toApi()).as("while it is read").isEqualTo(OWN);
    goOn.countDown();
    one.join();
    assertThat(live.current()).isEqualTo(changed);
    assertThat(backend.disturbance().calls()).containsExactly(Call.DEFINITION);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
