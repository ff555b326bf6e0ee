package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.FieldPath;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.testkit.contract.Clause;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the paths of filters lead to, and values that are written in several ways. */
interface PathClauses extends Clauses {

  @Clause
  default void s284_placesAndDots() {
    for (Storage<Document> storage :
        List.of(
            stores().plain(),
            stores()
                .documents(
                    type ->
                        type.index("turns.0.who", "tags.1", "x\\.trace", "x.trace")
                            .range("m.1")))) {
      storage.save(
          doc(
              "id",
              "a",
              "turns",
              List.of(Map.of("who", "ann"), Map.of("who", "bob")),
              "tags",
              List.of("p", "q"),
              "m",
              Map.of("1", 7),
              "x.trace",
              "dotted",
              "x",
              Map.of("trace", "nested", "a.b\\c", 1)));
      storage.save(
          doc("id", "b", "turns", List.of(Map.of("who", "bob", "0", "zero")), "m", List.of(5, 8)));

      assertThat(ids(storage, where("turns.0.who").is("ann"))).containsExactly("a");
      assertThat(ids(storage, where("turns.0.who").is("bob"))).containsExactly("b");
      assertThat(ids(storage, where("turns.1.who").is("bob"))).containsExactly("a");
      assertThat(ids(storage, where("turns.2.who").exists())).isEmpty();
      assertThat(ids(storage, where("turns.0").is("zero"))).containsExactly("b");
      assertThat(ids(storage, where("tags.1").is("q"))).containsExactly("a");
      assertThat(ids(storage, where("tags.0").is("q"))).isEmpty();
      assertThat(ids(storage, where("m.1").greaterThan(7))).containsExactly("b");
      assertThat(ids(storage, where("m.1").is(7))).containsExactly("a");
      assertThat(ids(storage, where("x\\.trace").is("dotted"))).containsExactly("a");
      assertThat(ids(storage, where("x.trace").is("nested"))).containsExactly("a");
      assertThat(ids(storage, where("x.trace").is("dotted"))).isEmpty();
      assertThat(ids(storage, where(FieldPath.of("x", "a.b\\c")).is(1))).containsExactly("a");
      assertThat(ids(storage, Query.matching(Map.of(FieldPath.of("x.trace"), "dotted"))))
          .containsExactly("a");
    }
  }

  @Clause
  default void s285_timesHaveOneForm() {
    Map<Object, List<String>> spellings =
        Map.of(
            LocalDateTime.parse("2025-01-01T10:30"),
            List.of("2025-01-01T10:30", "2025-01-01T10:30:00", "2025-01-01T10:30:00.000"),
            LocalDateTime.parse("2025-01-01T10:30:00.5"),
            List.of("2025-01-01T10:30:00.5", "2025-01-01T10:30:00.500"),
            LocalTime.parse("10:30"),
            List.of("10:30", "10:30:00", "10:30:00.0"),
            OffsetTime.parse("10:30+01:00"),
            List.of("10:30+01:00", "10:30:00+01:00"));
    for (Storage<Document> storage : List.of(stores().plain(), stores().indexed("at"))) {
      spellings.values().stream()
          .flatMap(List::stream)
          .forEach(text -> storage.save(doc("id", "i " + text, "at", text)));
      spellings.forEach(
          (time, texts) -> {
            List<String> ids = texts.stream().map(text -> "i " + text).toList();
            assertThat(ids(storage, where("at").is(time)))
                .as("%s", time)
                .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(ids(storage, where("at").in(List.of(texts.get(texts.size() - 1)))))
                .as("%s", texts)
                .containsExactlyInAnyOrderElementsOf(ids);
          });
      assertThat(
              ids(
                  storage,
                  where("at")
                      .greaterThan(LocalDateTime.parse("2025-01-01T10:29:59"))
                      .and("at")
                      .lessThan(LocalDateTime.parse("2025-01-01T10:30:00.1"))))
          .hasSize(3);
      assertThat(storage.load("i 10:30").orElseThrow().get("at")).isEqualTo("10:30");
    }
  }

  @Clause
  default void s286_idsThatReadAsMoments() {
    String utc = "2026-01-01T00:00:00Z";
    String offset = "2026-01-01T01:00:00+01:00";
    Storage<Document> forbidding =
        stores()
            .documents(
                StoreOptions.builder().scanPolicy(ScanPolicy.FORBID).build(),
                type -> type.index("session"));
    Storage<Document> scanning = stores().plain();
    for (Storage<Document> storage : List.of(forbidding, scanning)) {
      for (String id : List.of(utc, offset, "10:30", "10:30:00", "x")) {
        storage.save(doc("id", id, "session", "s-" + id));
      }
      assertThat(ids(storage, where("id").is(utc))).containsExactly(utc);
      assertThat(ids(storage, where("id").is(offset))).containsExactly(offset);
      assertThat(ids(storage, where("id").is(Instant.parse(utc)))).containsExactly(utc);
      assertThat(ids(storage, where("id").is("10:30"))).containsExactly("10:30");
      assertThat(ids(storage, where("id").in(List.of(utc, offset, "y"))))
          .containsExactlyInAnyOrder(utc, offset);
      assertThat(storage.count(where("id").is(utc))).isEqualTo(1);
    }
    assertThat(
            ids(
                forbidding,
                Query.matching(Filter.or(Filter.eq("id", utc), Filter.eq("session", "s-x")))))
        .containsExactlyInAnyOrder(utc, "x");
    assertThat(ids(scanning, where("id").isNot(utc)))
        .containsExactlyInAnyOrder(offset, "10:30", "10:30:00", "x");
    assertThat(ids(scanning, where("id").notIn(Set.of(offset, "10:30"))))
        .containsExactlyInAnyOrder(utc, "10:30:00", "x");
    assertThat(
            ids(
                scanning,
                Query.matching(
                    Filter.or(Filter.eq("id", offset), Filter.not(Filter.exists("session"))))))
        .containsExactly(offset);
  }
}
