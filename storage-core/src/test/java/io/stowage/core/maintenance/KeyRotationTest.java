package io.stowage.core.maintenance;

import static io.stowage.api.Query.where;
import static io.stowage.core.support.TestPlatform.STORE;
import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.ItemReport;
import io.stowage.api.RotationReport;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestKeys;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.Repacking;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@Tag("slow")
class KeyRotationTest {

  private static final int ITEMS = 1_000;

  private final TestKeys keys = new TestKeys();
  private final StoreOptions options =
      StoreOptions.builder()
          .encryption(keys)
          .batchSize(20)
          .ttl(Ttl.absolute(Duration.ofHours(1)))
          .sweepEvery(Duration.ZERO)
          .build();
  private final TestPlatform test = new TestPlatform();
  private final StorePorts ports = test.backend.undisturbed().store(STORE);

  @AfterEach
  void close() {
    test.close();
  }

  private Storage<Document> filled() {
    Storage<Document> things = test.store(THINGS, options);
    things.saveAll(IntStream.range(0, ITEMS).mapToObj(i -> thing("i" + i, "k", i)).toList());
    return things;
  }

  private RotationReport rotate() {
    return test.platform.maintenance(THINGS, options).rotateKeys(progress -> {});
  }

  /** Lets a rotation fail before it stores what it encrypted last. */
  private void crashAtPart(int part) {
    Runnable[] actions = new Runnable[part];
    Arrays.fill(actions, (Runnable) () -> {});
    actions[part - 1] =
        () -> {
          throw new IllegalStateException("crash");
        };
    test.disturbance().before(Call.REPACK, actions);
  }

  private ItemReport report(String id) {
    return test.platform.maintenance(THINGS, options).inspect(id).orElseThrow();
  }

  private static List<String> ids() {
    return IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList();
  }

  @Test
  void everyItemIsEncryptedUnderThePrimaryKeyAndElseAsItWas() {
    Storage<Document> things = filled();
    List<Version> versions = List.copyOf(ports.records().versions(ids()));
    test.clock.move(Duration.ofMinutes(20));
    long before = keys.primary();
    assertThat(report("i7").keyId()).hasValue(before);
    keys.rotate();

    RotationReport report = rotate();

    assertThat(report.keyId()).isEqualTo(keys.primary()).isNotEqualTo(before);
    assertThat(report.records()).isEqualTo(ITEMS);
    assertThat(report.rotated()).isEqualTo(ITEMS);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.wasResumed()).isFalse();
    keys.forgetOthers();
    assertThat(things.list(where("kind").is("k"))).hasSize(ITEMS);
    assertThat(ports.records().versions(ids())).isEqualTo(versions);
    assertThat(report("i7").keyId()).hasValue(keys.primary());
    assertThat(report("i7").entries()).allMatch(ItemReport.Entry::isPresent);
    assertThat(things.ttl("i7").remaining().orElseThrow()).isEqualTo(Duration.ofMinutes(40));
    assertThat(rotate().rotated()).as("a second time").isZero();
  }

  @Test
  void itemsThatWereNotEncryptedAreFromThenOn() {
    Storage<Document> plain = test.store(THINGS, StoreOptions.defaults());
    plain.save(thing("a", "k", 1));
    test.store(THINGS, options).save(thing("b", "k", 1));

    assertThat(rotate().rotated()).isEqualTo(1);
    assertThat(report("a").keyId()).hasValue(keys.primary());
  }

  @Test
  void anInterruptedRotationGoesOnWhereItStopped() {
    filled();
    keys.rotate();
    crashAtPart(30);

    assertThatThrownBy(this::rotate).hasMessageContaining("crash");
    test.clock.move(Duration.ofMinutes(1));
    RotationReport rest = rotate();

    assertThat(rest.wasResumed()).isTrue();
    assertThat(rest.rotated()).isLessThan(ITEMS).isPositive();
    assertThat(rest.records()).as("looked at once more").isEqualTo(ITEMS);
    assertThat(rest.isComplete()).isTrue();
    assertThat(ids()).allMatch(id -> report(id).keyId().orElseThrow() == keys.primary());
    assertThat(rotate().wasResumed()).isFalse();
  }

  /**
   * A key that is removed because a rotation says it is complete takes with it what is under it.
   */
  @Test
  void aResumedRotationTellsWhatTheOneBeforeCouldNotRead() {
    Storage<Document> things = filled();
    Version version = things.loadVersioned("i3").orElseThrow().version();
    byte[] other = ports.records().read(List.of("i4")).get(0).payload();
    ports.records().repack(List.of(new Repacking("i3", version, other)));
    keys.rotate();
    crashAtPart(45);
    assertThatThrownBy(this::rotate).hasMessageContaining("crash");
    test.clock.move(Duration.ofMinutes(1));

    RotationReport rest = rotate();

    assertThat(rest.wasResumed()).isTrue();
    assertThat(rest.unreadable()).isEqualTo(1);
    assertThat(rest.isComplete()).isFalse();
  }

  @Test
  void positionsOfAnotherKeyDoNotCount() {
    filled();
    keys.rotate();
    crashAtPart(30);
    assertThatThrownBy(this::rotate).hasMessageContaining("crash");
    test.clock.move(Duration.ofMinutes(1));
    keys.rotate();

    RotationReport report = rotate();

    assertThat(report.wasResumed()).isFalse();
    assertThat(report.rotated()).isEqualTo(ITEMS);
  }

  @Test
  void withoutKeysItIsRefused() {
    test.store(THINGS, StoreOptions.defaults()).save(thing("a", "k", 1));

    assertThatThrownBy(
            () ->
                test.platform
                    .maintenance(THINGS, StoreOptions.defaults())
                    .rotateKeys(progress -> {}))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("keys");
  }

  @Test
  void twoAtATimeAreRefused() {
    filled();
    keys.rotate();
    AtomicBoolean wasRefused = new AtomicBoolean();

    test.platform
        .maintenance(THINGS, options)
        .rotateKeys(
            progress -> {
              if (!wasRefused.get()) {
                assertThatThrownBy(this::rotate)
                    .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isTransient()).isTrue())
                    .hasMessageContaining("another rotation");
                wasRefused.set(true);
              }
            });

    assertThat(wasRefused).isTrue();
  }

  @Test
  void writersAreNotDisturbed() throws Exception {
    Storage<Document> things = filled();
    keys.rotate();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean isDone = new AtomicBoolean();
    List<Future<Integer>> counts = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int of = thread;
      counts.add(
          threads.submit(
              () -> {
                int updates = 0;
                for (int i = of; !isDone.get() || updates == 0; i = (i + 4) % ITEMS) {
                  things.update(
                      "i" + i,
                      d -> d.with("updates", 1 + (d.get("updates") instanceof Long n ? n : 0)));
                  updates++;
                }
                return updates;
              }));
    }

    rotate();
    isDone.set(true);
    long updates = 0;
    for (Future<Integer> count : counts) {
      updates += count.get(30, TimeUnit.SECONDS);
    }
    threads.shutdownNow();

    List<Document> all = things.list(where("kind").is("k"));
    assertThat(all).hasSize(ITEMS);
    assertThat(all.stream().mapToLong(d -> d.get("updates") instanceof Long n ? n : 0).sum())
        .isEqualTo(updates);
    assertThat(test.platform.maintenance(THINGS, options).check(progress -> {}).isHealthy())
        .isTrue();
  }

  @Test
  void itemsThatCannotBeDecryptedAreCountedAndLeftAlone() {
    Storage<Document> things = filled();
    Version version = things.loadVersioned("i3").orElseThrow().version();
    byte[] other = ports.records().read(List.of("i4")).get(0).payload();
    assertThat(ports.records().repack(List.of(new Repacking("i3", version, other))))
        .containsExactly(true);
    keys.rotate();

    RotationReport report = rotate();

    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.isComplete()).isFalse();
    assertThat(report.rotated()).isEqualTo(ITEMS - 1);
    assertThat(ports.records().read(List.of("i3")).get(0).payload()).isEqualTo(other);
  }
}
