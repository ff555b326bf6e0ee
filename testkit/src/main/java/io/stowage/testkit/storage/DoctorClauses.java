package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Progress;
import io.stowage.api.Storage;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.api.TimeToLive;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;

/**
 * Checking and repairing a store. What is broken here is broken through the store itself: by
 * programs that describe its items otherwise than the one that checks.
 */
interface DoctorClauses extends Clauses {

  /** A store of documents with an index and an order that are computed by functions. */
  private static ItemType<Document> computed(
      String store,
      Function<Document, @Nullable Object> session,
      Function<Document, @Nullable Instant> at) {
    return ItemType.of(store, Document.class)
        .id(item -> item.id().orElse(null))
        .index("session", session)
        .range("at", at)
        .orderedBy("at")
        .build();
  }

  private static ItemType<Document> right(String store) {
    return computed(
        store, item -> item.get("session"), item -> Note.EPOCH.plusSeconds(number(item)));
  }

  private Maintenance maintenance(ItemType<Document> type) {
    return stores().platform().maintenance(type, StoreOptions.defaults());
  }

  private static void save(Storage<Document> storage, int from, int to) {
    for (int n = from; n < to; n++) {
      storage.save(doc("id", "i%04d".formatted(n), "session", "s", "n", n));
    }
  }

  private static long number(Document item) {
    return ((Number) Objects.requireNonNull(item.get("n"))).longValue();
  }

  private static DoctorReport check(Maintenance maintenance) {
    return maintenance.check(progress -> {});
  }

  private static DoctorReport repair(Maintenance maintenance) {
    return maintenance.repair(progress -> {});
  }

  @Clause
  @Order(Clause.FIRST)
  default void s231_aHealthyStoreIsClean() {
    ItemType<Document> type = right(stores().freshName());
    Storage<Document> storage = stores().platform().store(type);
    assertThat(check(maintenance(type)).isClean()).as("an empty store").isTrue();
    save(storage, 0, 20);
    save(storage, 5, 10);
    storage.delete("i0000");
    Version before = storage.loadVersioned("i0007").orElseThrow().version();
    List<Progress> told = new ArrayList<>();
    Set<Thread> tellers = new HashSet<>();

    DoctorReport report =
        maintenance(type)
            .check(
                progress -> {
                  told.add(progress);
                  tellers.add(Thread.currentThread());
                });

    assertThat(report.isHealthy()).isTrue();
    assertThat(report.counts()).isEmpty();
    assertThat(report.examples()).isEmpty();
    assertThat(report.records()).isEqualTo(19);
    assertThat(report.entries()).isGreaterThanOrEqualTo(19 * 2);
    assertThat(report.repaired()).isZero();
    assertThat(told).last().satisfies(last -> assertThat(last.done()).isPositive());
    assertThat(tellers).containsExactly(Thread.currentThread());
    assertThat(repair(maintenance(type)).repaired()).isZero();
    assertThat(storage.loadVersioned("i0007").orElseThrow().version()).isEqualTo(before);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s232_missingEntriesAreFoundAndAdded() {
    String name = stores().freshName();
    ItemType<Document> type = right(name);
    ItemType<Document> forgetful =
        computed(name, item -> null, item -> Note.EPOCH.plusSeconds(number(item)));
    save(stores().platform().store(forgetful), 0, 12);
    Storage<Document> storage = stores().platform().store(type);
    save(storage, 12, 15);
    assertThat(storage.count(where("session").is("s"))).as("found before").isEqualTo(3);

    DoctorReport found = check(maintenance(type));
    DoctorReport mended = repair(maintenance(type));

    assertThat(found.counts()).isEqualTo(Map.of(Kind.MISSING_ENTRY, 12L));
    assertThat(found.isHealthy()).isFalse();
    assertThat(found.repaired()).isZero();
    assertThat(found.examples())
        .hasSize(DoctorReport.EXAMPLES)
        .allSatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.MISSING_ENTRY);
              assertThat(finding.id()).matches("i00(0\\d|1[01])");
              assertThat(finding.detail()).contains("session");
            });
    assertThat(mended.counts()).isEqualTo(Map.of(Kind.MISSING_ENTRY, 12L));
    assertThat(mended.repaired()).isEqualTo(12);
    assertThat(check(maintenance(type)).isClean()).isTrue();
    assertThat(ids(storage, where("session").is("s").oldestFirst()))
        .isEqualTo(Docs.numberedIds(15));
  }

  @Clause
  @Order(Clause.FIRST)
  default void s233_wrongScoresAreFoundAndSet() {
    String name = stores().freshName();
    ItemType<Document> type = right(name);
    ItemType<Document> reversed =
        computed(
            name,
            item -> item.get("session"),
            item -> Note.EPOCH.plusSeconds(1_000 - number(item)));
    save(stores().platform().store(reversed), 0, 5);
    Storage<Document> storage = stores().platform().store(type);

    DoctorReport found = check(maintenance(type));

    assertThat(found.counts().keySet()).containsExactly(Kind.WRONG_SCORE);
    assertThat(found.count(Kind.WRONG_SCORE)).isEqualTo(10);
    assertThat(found.isHealthy()).isFalse();
    assertThat(repair(maintenance(type)).repaired()).isEqualTo(10);
    assertThat(check(maintenance(type)).isClean()).isTrue();
    assertThat(ids(storage, where("session").is("s").newestFirst()))
        .containsExactly("i0004", "i0003", "i0002", "i0001", "i0000");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s234_recordsWithoutTtlAreFoundAndLimited() {
    ItemType<Document> type = right(stores().freshName());
    Storage<Document> unlimited = stores().platform().store(type);
    save(unlimited, 0, 3);
    StoreOptions options = StoreOptions.builder().ttl(Ttl.absolute(Duration.ofHours(1))).build();
    Storage<Document> limited = stores().platform().store(type, options);
    save(limited, 3, 5);
    limited.touch("i0003", Duration.ofMinutes(2));
    Maintenance maintenance = stores().platform().maintenance(type, options);

    DoctorReport found = check(maintenance);

    assertThat(found.counts()).isEqualTo(Map.of(Kind.NO_TTL, 3L));
    assertThat(found.examples())
        .extracting(Finding::id)
        .containsExactlyInAnyOrder("i0000", "i0001", "i0002");
    assertThat(limited.ttl("i0000")).isEqualTo(TimeToLive.unlimited());
    assertThat(repair(maintenance).repaired()).isEqualTo(3);
    assertThat(check(maintenance).isClean()).isTrue();
    assertThat(limited.ttl("i0000").remaining().orElseThrow())
        .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
    assertThat(limited.ttl("i0003").remaining().orElseThrow())
        .isLessThanOrEqualTo(Duration.ofMinutes(2));
    assertThat(check(maintenance(type)).isClean()).as("without a TTL policy").isTrue();
  }

  @Clause
  @Order(Clause.FIRST)
  default void s235_undecodableRecordsAreToldAndLeftAlone() {
    String name = stores().freshName();
    ItemType<Document> documents = ItemType.documents(name).index("session").build();
    Storage<Document> storage = stores().platform().store(documents);
    storage.save(doc("id", "good", "session", "s", "at", Note.EPOCH.toString()));
    storage.save(doc("id", "bad", "session", "s", "at", List.of("no", "moment")));
    ItemType<Dated> typed =
        ItemType.of(name, Dated.class).id(Dated::id).index("session", Dated::session).build();
    Maintenance maintenance = stores().platform().maintenance(typed, StoreOptions.defaults());

    DoctorReport found = check(maintenance);
    DoctorReport mended = repair(maintenance);

    assertThat(found.counts()).isEqualTo(Map.of(Kind.UNDECODABLE, 1L));
    assertThat(found.examples()).extracting(Finding::id).containsExactly("bad");
    assertThat(found.isHealthy()).isFalse();
    assertThat(mended.count(Kind.UNDECODABLE)).isEqualTo(1);
    assertThat(mended.repaired()).isZero();
    assertThat(storage.load("bad"))
        .contains(doc("id", "bad", "session", "s", "at", List.of("no", "moment")));
    assertThat(ids(storage, where("session").is("s"))).containsExactlyInAnyOrder("good", "bad");
  }

  /** A typed form of documents with a moment in the field {@code at}. */
  record Dated(@Nullable String id, @Nullable String session, @Nullable Instant at) {}

  @Clause
  @Order(Clause.FIRST)
  default void s236_aCheckDuringWritesFindsNothingWrong() {
    ItemType<Document> type = right(stores().freshName());
    Storage<Document> storage = stores().platform().store(type);
    save(storage, 0, 20);

    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < 8; i++) {
            if (thread == 0) {
              DoctorReport report = repair(maintenance(type));
              assertThat(report.isHealthy()).as("findings %s", report).isTrue();
            } else {
              save(storage, i, i + 5);
              storage.update("i%04d".formatted(i), item -> item.with("session", "t"));
              storage.delete("i%04d".formatted(19 - i));
            }
          }
        });

    assertThat(check(maintenance(type)).isHealthy()).isTrue();
    assertThat(storage.count(where("session").exists()))
        .isEqualTo(
            storage.count(where("session").is("s")) + storage.count(where("session").is("t")));
  }

  @Clause
  @Order(Clause.FIRST)
  default void s237_anotherDefinitionIsRefused() {
    ItemType<Document> type = right(stores().freshName());
    save(stores().platform().store(type), 0, 3);
    ItemType<Document> otherOrder =
        ItemType.documents(type.store()).index("session").range("at").build();
    Maintenance other = maintenance(otherOrder);

    for (Runnable work :
        List.<Runnable>of(
            () -> check(other), () -> repair(other), () -> other.reindex(progress -> {}))) {
      assertThatThrownBy(work::run)
          .isInstanceOf(StoreDefinitionException.class)
          .hasMessageContaining(type.store())
          .hasMessageContaining("order");
    }
    assertThat(check(maintenance(type)).isClean()).isTrue();
  }
}
