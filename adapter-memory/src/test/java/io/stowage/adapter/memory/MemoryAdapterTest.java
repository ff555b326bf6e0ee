package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Durability;
import io.stowage.api.Version;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.LeasePort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryAdapterTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final IndexTerm TERM = IndexTerm.exact("type", "user");

  private static AdapterProvider provider() {
    return ServiceLoader.load(AdapterProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("memory"))
        .findFirst()
        .orElseThrow();
  }

  private static StorageAdapter connect(String uri) {
    return provider().connect(ConnectionSettings.of(uri));
  }

  private static Commit commit(StorePorts store) {
    Version version = Version.of(store.records().serverMicros(), 1);
    byte[] payload = {'{', '}'};
    return new Commit("a", version, payload, Expiry.never(), Precondition.none(), HOUR);
  }

  @Test
  void isFoundAndServesItsScheme() {
    assertThat(provider()).isInstanceOf(MemoryAdapterProvider.class);
    assertThat(provider().serves("memory")).isTrue();
    assertThat(provider().serves("redis")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory:", "MEMORY:"})
  void everyConnectionIsAnEmptyBackendOfItsOwn(String uri) {
    try (StorageAdapter first = connect(uri);
        StorageAdapter second = connect(uri)) {
      StorePorts store = first.store("s");
      store.records().commit(List.of(commit(store)));

      assertThat(first.name()).isEqualTo("memory");
      assertThat(first.store("s").records().versions(List.of("a"))).doesNotContainNull();
      assertThat(first.store("t").records().versions(List.of("a"))).containsOnlyNulls();
      assertThat(second.store("s").records().versions(List.of("a"))).containsOnlyNulls();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory:name", "memory", "memory://host", "redis://localhost"})
  void refusesOtherUris(String uri) {
    assertThatThrownBy(() -> connect(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "URI is '%s'; allowed is 'memory:' with nothing after it, since every connection has"
                + " its own data",
            uri);
  }

  @Test
  void addsEntriesBeforeItCommits() {
    try (StorageAdapter adapter = new MemoryAdapter()) {
      StorePorts store = adapter.store("s");
      Commit commit = commit(store);
      EntryRef ref = new EntryRef("a", commit.version(), 1);

      List<CommitResult> results =
          store.addThenCommit(List.of(new IndexEntry(TERM, ref)), List.of(commit));

      assertThat(results).singleElement().matches(r -> r.status() == CommitResult.Status.APPLIED);
      assertThat(store.indexes().read(IndexRange.all(TERM), Direction.ASCENDING, null, 9))
          .containsExactly(ref);
      assertThat(store.intersections()).isPresent();
    }
  }

  @Test
  void hasNoReplicasAndNoServers() {
    try (StorageAdapter adapter = new MemoryAdapter()) {
      StorePorts store = adapter.store("s");

      assertThat(store.confirmed(Durability.replicas(1, Duration.ofSeconds(1)))).isEmpty();
      assertThat(store.possiblyStale()).isEmpty();
      assertThat(adapter.servers()).isEmpty();
    }
  }

  @Test
  void leasesOfStoresAreIndependent() {
    try (StorageAdapter adapter = new MemoryAdapter()) {
      assertThat(adapter.store("s").leases().acquire("l", "one", HOUR)).isTrue();
      assertThat(adapter.store("t").leases().acquire("l", "two", HOUR)).isTrue();
      assertThat(adapter.store("s").leases().acquire("l", "two", HOUR)).isFalse();
    }
  }

  @Test
  void nothingWorksAfterClose() {
    StorageAdapter adapter = new MemoryAdapter();
    StorePorts store = adapter.store("s");
    PersistencePort records = store.records();
    IndexPort indexes = store.indexes();
    IntersectionPort intersections = store.intersections().orElseThrow();
    LeasePort leases = store.leases();
    AtomicPort atomic = store.atomic().orElseThrow();
    adapter.close();
    adapter.close();

    List<ThrowingCallable> uses =
        List.of(
            () -> adapter.store("s"),
            store::records,
            store::indexes,
            store::intersections,
            store::leases,
            store::atomic,
            () -> leases.acquire("l", "holder", HOUR),
            () -> leases.release("l", "holder"),
            () -> atomic.holdsTogether(List.of("a")),
            () -> atomic.apply(List.of(new Removal("a", null))),
            () -> store.addThenCommit(List.of(), List.of()),
            () -> records.commit(List.of()),
            () -> records.remove(List.of()),
            () -> records.read(List.of()),
            () -> records.versions(List.of()),
            () -> records.touch(List.of()),
            () -> records.ttl(List.of()),
            () -> records.scan(ScanPage.START, 1),
            records::definition,
            () -> records.define("d"),
            () -> records.redefine("d", "e"),
            records::serverMicros,
            () -> indexes.add(List.of()),
            () -> indexes.remove(List.of()),
            () -> indexes.read(IndexRange.all(TERM), Direction.ASCENDING, null, 1),
            () -> indexes.sizes(List.of()),
            () -> indexes.scores(List.of()),
            () -> indexes.terms(ScanPage.START, 1),
            () -> intersections.intersect(List.of(TERM, TERM), Direction.ASCENDING));

    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("adapter 'memory' is closed; connect again");
    }
    assertThat(adapter.name()).isEqualTo("memory");
  }
}
