package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.spi.AdapterException;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.Removal;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.spi.Touch;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Order;

/** The adapter as a whole: stores beside each other, and closing. */
interface LifecycleClauses extends Clauses {

  @Clause
  default void p701_hasAName() {
    assertThat(bench().adapter().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(bench().adapter().name()).isEqualTo(bench().adapter().name());
  }

  @Clause
  @Order(Clause.FIRST)
  default void p702_storesShareNothing() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    List<Bench> stores = new ArrayList<>(List.of(bench));
    for (String suffix : List.of("x", ".x", "-x", "_x", ".idx.color", ".X")) {
      stores.add(bench.neighbour(bench.name() + suffix));
    }
    List<Draft> drafts = new ArrayList<>();
    for (Bench store : stores) {
      Draft draft = store.draft("a").holding(store.name()).ifAbsent();
      draft.apply();
      drafts.add(draft);
      store.add(term, new EntryRef(store.name(), draft.version(), 1));
      assertThat(store.records().define(store.name())).isEqualTo(store.name());
    }

    for (int i = 0; i < stores.size(); i++) {
      Bench store = stores.get(i);
      store.assertStored("a", drafts.get(i).version(), Bench.bytes(store.name()));
      assertThat(store.records().definition()).contains(store.name());
      assertThat(IndexClauses.all(store, term))
          .extracting(EntryRef::id)
          .containsExactly(store.name());
      assertThat(ScanClauses.scanAll(store, 10)).containsExactly("a");
    }
    bench.remove("a", null);
    bench.removeEntries(term, new EntryRef(bench.name(), drafts.get(0).version(), 1));
    for (Bench store : stores.subList(1, stores.size())) {
      assertThat(store.version("a")).as("record of %s", store.name()).isNotNull();
      assertThat(IndexClauses.size(store, term)).as("entries of %s", store.name()).isEqualTo(1);
    }
  }

  @Clause
  default void p703_portsOfOneNameAreOneStore() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    Bench same = bench.neighbour(bench.name());
    Draft draft = bench.draft("a");
    draft.apply();
    EntryRef ref = new EntryRef("a", draft.version(), 1);
    bench.add(term, ref);
    bench.records().define("definition");

    same.assertStored("a", draft.version(), draft.payload());
    assertThat(IndexClauses.all(same, term)).containsExactly(ref);
    assertThat(same.records().definition()).contains("definition");
    assertThat(bench.ports().records().versions(List.of("a"))).containsExactly(draft.version());
  }

  @Clause
  default void p704_onceClosedEveryMethodRefuses() {
    StorageAdapter adapter = another();
    Bench bench = Bench.of(adapter);
    bench.save("a");
    Map<String, ThrowingCallable> calls = everyCall(bench);
    assertThat(calls.values()).allSatisfy(ThrowingCallable::call);

    String name = adapter.name();
    adapter.close();

    assertThat(adapter.name()).isEqualTo(name);
    calls.put("store", () -> adapter.store(bench.name()));
    calls.forEach((method, call) -> assertThatIllegalStateException().as(method).isThrownBy(call));
  }

  @Clause
  default void p705_aSecondCloseDoesNothing() {
    StorageAdapter adapter = another();
    Bench bench = Bench.of(adapter);

    adapter.close();
    adapter.close();

    assertThatIllegalStateException().isThrownBy(() -> bench.save("a"));
  }

  @Clause
  default void p706_closingOneAdapterLeavesAnother() {
    StorageAdapter closed = another();
    StorageAdapter open = another();
    try {
      Bench bench = Bench.of(open);
      Bench.of(closed).save("a");
      closed.close();
      bench.assertStored("a", bench.save("a"), Bench.bytes("payload of a"));
    } finally {
      closed.close();
      open.close();
    }
    assertThat(bench().save("a")).isNotNull();
  }

  /**
   * A caller that loses its adapter learns so by a documented exception, and is not left waiting.
   */
  @Clause
  default void p707_closingUnderCallsEndsThem() throws Exception {
    StorageAdapter adapter = another();
    Bench bench = Bench.of(adapter);
    CountDownLatch running = new CountDownLatch(Race.THREADS);
    ExecutorService callers = Executors.newFixedThreadPool(Race.THREADS);
    try {
      List<Future<Throwable>> ends = new ArrayList<>();
      for (int thread = 0; thread < Race.THREADS; thread++) {
        String id = "id-" + thread;
        ends.add(callers.submit(() -> saveUntilItFails(bench, id, running)));
      }
      long seconds = patience().toSeconds();
      assertThat(running.await(seconds, TimeUnit.SECONDS)).as("all callers run").isTrue();
      adapter.close();
      for (Future<Throwable> end : ends) {
        assertThat(end.get(seconds, TimeUnit.SECONDS))
            .isInstanceOfAny(IllegalStateException.class, AdapterException.class);
      }
      assertThatThrownBy(() -> bench.save("a")).isInstanceOf(IllegalStateException.class);
    } finally {
      callers.shutdownNow();
      adapter.close();
    }
  }

  private static Throwable saveUntilItFails(Bench bench, String id, CountDownLatch running) {
    try {
      bench.save(id);
      running.countDown();
      while (true) {
        bench.save(id);
      }
    } catch (RuntimeException end) {
      return end;
    }
  }

  private static Map<String, ThrowingCallable> everyCall(Bench bench) {
    StorePorts ports = bench.ports();
    var records = ports.records();
    var indexes = ports.indexes();
    IndexTerm term = IndexTerm.exact("color", "red");
    IndexRange range = IndexRange.all(term);
    EntryRef ref = new EntryRef("a", bench.next(), 1);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("commit", () -> records.commit(List.of(bench.draft("a").commit())));
    calls.put("remove", () -> records.remove(List.of(new Removal("a", null))));
    calls.put("read", () -> records.read(List.of("a")));
    calls.put("versions", () -> records.versions(List.of("a")));
    calls.put("touch", () -> records.touch(List.of(new Touch("a", null, Expiry.never()))));
    calls.put("ttl", () -> records.ttl(List.of("a")));
    calls.put("scan", () -> records.scan("", 10));
    calls.put("definition", () -> records.definition());
    calls.put("define", () -> records.define("definition"));
    calls.put("serverMicros", () -> records.serverMicros());
    calls.put("add", () -> indexes.add(Bench.entries(term, ref)));
    calls.put("remove entries", () -> indexes.remove(Bench.entries(term, ref)));
    calls.put("read entries", () -> indexes.read(range, Direction.ASCENDING, null, 10));
    IndexRead read = new IndexRead(range, Direction.ASCENDING, null, 10);
    calls.put("readAll", () -> indexes.readAll(List.of(read)));
    calls.put("sizes", () -> indexes.sizes(List.of(range)));
    calls.put(
        "addThenCommit",
        () -> ports.addThenCommit(Bench.entries(term, ref), List.of(bench.draft("b").commit())));
    IndexEntry entry = new IndexEntry(term, ref);
    calls.put("redefine", () -> records.redefine("definition", "definition"));
    calls.put("scores", () -> indexes.scores(List.of(entry)));
    calls.put("terms", () -> indexes.terms("", 10));
    calls.put("acquire", () -> ports.leases().acquire("work", "me", Duration.ofSeconds(10)));
    calls.put("release", () -> ports.leases().release("work", "me"));
    ports
        .atomic()
        .ifPresent(
            port -> calls.put("apply", () -> port.apply(List.of(bench.draft("c").commit()))));
    ports.intersections().ifPresent(port -> calls.put("intersect", () -> intersect(port, term)));
    return calls;
  }

  private static List<EntryRef> intersect(IntersectionPort port, IndexTerm term) {
    return port.intersect(List.of(term, IndexTerm.exact("color", "blue")), Direction.ASCENDING);
  }
}
