package io.stowage.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.DoctorReport;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Writers that die one after the other, in a store of their own, and a survivor that looks on. */
final class DyingWriters implements Callable<Void> {

  private final List<Writing.Kind> kinds;
  private final String adapter;
  private final Deployment deployment;
  private final StoreOptions options;
  private final Random random;
  private final CrashItems items;
  private final ItemType<Document> type;
  private final Storage<Document> storage;
  private final Maintenance maintenance;
  private final RawStore raw;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int deaths;
  private long deadEntries;

  /**
   * Opens the store.
   *
   * @param kinds what they write
   * @param adapter through which they write
   * @param survivor connected with another one
   */
  DyingWriters(
      List<Writing.Kind> kinds,
      String adapter,
      Deployment deployment,
      StoragePlatform survivor,
      StoreOptions options,
      String store,
      Random random) {
    this.kinds = kinds;
    this.adapter = adapter;
    this.deployment = deployment;
    this.options = options;
    this.random = random;
    this.items = new CrashItems(random);
    this.type = CrashItems.type(store);
    this.storage = survivor.store(type, options);
    this.maintenance = survivor.maintenance(type, options);
    this.raw = new RawStore(Deployment.PREFIX + store + ":", deployment.ports());
  }

  /** How many died before they came to their end. */
  int deaths() {
    return deaths;
  }

  /** What the writers were told, and how often. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }

  @Override
  public Void call() throws IOException {
    for (Writing.Kind kind : kinds) {
      dieOf(kind);
    }
    return null;
  }

  private void dieOf(Writing.Kind kind) throws IOException {
    int commands = 0;
    boolean isDone = false;
    while (!isDone) {
      Death death = new Death(adapter, deployment, kind, commands, random.nextBoolean());
      Death.End end = death.of(type, options, items, storage);
      outcomes.merge(end.outcome(), 1, Integer::sum);
      if (end.isCut()) {
        deaths++;
        commands += 1 + random.nextInt(deployment.steps());
      } else {
        // A pause of the machine can fail a write that nobody cut; then the point comes again.
        isDone = end.outcome().equals(Death.DONE);
      }
      assertSound(death);
    }
  }

  private void assertSound(Death death) {
    assertThat(raw.violations(CrashItems.EXACT, CrashItems.RANGE)).as("%s", death).isEmpty();
    deadEntries += raw.deadEntries(CrashItems.EXACT, CrashItems.RANGE);
    Map<String, Document> stored = Writing.contents(storage);
    for (Map.Entry<Query, Predicate<Document>> query : CrashItems.queries().entrySet()) {
      List<Document> expected = stored.values().stream().filter(query.getValue()).toList();
      assertThat(storage.list(query.getKey()))
          .as("%s %s", death, query.getKey())
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(storage.count(query.getKey()))
          .as("%s count of %s", death, query.getKey())
          .isEqualTo(expected.size());
    }
    DoctorReport report = maintenance.check(progress -> {});
    assertThat(report.isHealthy()).as("%s %s", death, report).isTrue();
    assertThat(report.records()).as("%s %s", death, report).isEqualTo(stored.size());
  }

  /** Sweeps, after the grace period, and fails unless nothing is left then. */
  void assertSweptClean() {
    assertThat(deadEntries).as("dead entries that the dead left").isPositive();

    assertThat(maintenance.sweep(SweepOptions.defaults()).isComplete()).isTrue();

    assertThat(raw.deadEntries(CrashItems.EXACT, CrashItems.RANGE))
        .as("dead entries after the sweep")
        .isZero();
    assertThat(raw.violations(CrashItems.EXACT, CrashItems.RANGE)).isEmpty();
    DoctorReport report = maintenance.check(progress -> {});
    assertThat(report.isClean()).as("%s", report).isTrue();
  }
}
