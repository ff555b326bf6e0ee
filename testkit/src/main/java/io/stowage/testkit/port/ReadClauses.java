package io.stowage.testkit.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.StoredRecord;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reading by id, the store's definition, and the clock. */
interface ReadClauses extends Clauses {

  @Clause
  default void p301_readsInTheOrderOfTheRequest() {
    Bench bench = bench();
    Draft a = bench.draft("a");
    Draft b = bench.draft("b");
    a.apply();
    b.apply();

    List<StoredRecord> found = bench.records().read(List.of("b", "absent", "a", "b", "none", "a"));

    assertThat(found).hasSize(6);
    assertThat(found.stream().map(r -> r == null ? null : r.version()))
        .containsExactly(b.version(), null, a.version(), b.version(), null, a.version());
    assertThat(found.get(0).payload()).isEqualTo(b.payload());
    assertThat(found.get(2).payload()).isEqualTo(a.payload());
    assertThat(found.get(3).payload()).isEqualTo(b.payload());
  }

  @Clause
  default void p302_readsVersionsInTheOrderOfTheRequest() {
    Bench bench = bench();
    Version a = bench.save("a");
    Version b = bench.save("b");

    assertThat(bench.records().versions(List.of("b", "absent", "a", "b", "none", "a")))
        .containsExactly(b, null, a, b, null, a);
  }

  @Clause
  default void p303_readsABatchOf2000() {
    Bench bench = bench();
    List<Draft> drafts =
        IntStream.range(0, 1_000).mapToObj(i -> bench.draft("id-" + 2 * i)).toList();
    bench.records().commit(drafts.stream().map(Draft::commit).toList());
    List<String> ids = IntStream.range(0, 2_000).mapToObj(i -> "id-" + i).toList();

    List<StoredRecord> found = bench.records().read(ids);

    assertThat(found).hasSize(2_000);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      StoredRecord record = found.get(i);
      boolean right =
          i % 2 == 1
              ? record == null
              : record != null
                  && record.version().equals(drafts.get(i / 2).version())
                  && new String(record.payload(), UTF_8).equals("payload of id-" + i);
      if (!right) {
        wrong.add(ids.get(i));
      }
    }
    assertThat(wrong).as("ids answered wrongly").isEmpty();
  }

  @Clause
  default void p304_aWriteIsReadAtOnce() {
    Bench bench = bench();
    for (int i = 0; i < 100; i++) {
      Version version = bench.save("a");
      assertThat(bench.version("a")).isEqualTo(version);
    }
    bench.remove("a", null);
    bench.assertAbsent("a");
  }

  @Clause
  default void p311_theFirstDefinitionWins() {
    Bench bench = bench();

    assertThat(bench.records().definition()).isEmpty();
    assertThat(bench.records().define("first")).isEqualTo("first");
    assertThat(bench.records().define("second")).isEqualTo("first");
    assertThat(bench.records().define("first")).isEqualTo("first");
    assertThat(bench.records().definition()).contains("first");
  }

  @Clause
  default void p312_keepsADefinitionToTheLetter() {
    for (String text :
        List.of("{\"a\": [\"b:c\"]}\r\n\t\0 é 中文 😀", "x".repeat(1 << 18), "1", "")) {
      Bench bench = bench();
      assertThat(bench.records().define(text)).isEqualTo(text);
      assertThat(bench.records().definition()).contains(text);
    }
  }

  @Clause
  default void p313_aDefinitionIsNoRecord() {
    Bench bench = bench();
    bench.records().define("the definition");
    assertThat(ScanClauses.scanAll(bench, 100)).isEmpty();

    List<String> ids = List.of("definition", "def", "meta", "schema");
    assertThat(bench.records().versions(ids)).containsOnlyNulls();
    ids.forEach(bench::save);
    ids.forEach(id -> bench.remove(id, null));

    assertThat(bench.records().definition()).contains("the definition");
  }

  @Clause
  default void p314_theClockIsTheTimeAndAdvances() {
    Bench bench = bench();
    long first = bench.records().serverMicros();

    assertThat(Instant.EPOCH.plus(first, ChronoUnit.MICROS))
        .as("the backend's clock")
        .isBetween(
            Instant.now().minus(Duration.ofHours(24)), Instant.now().plus(Duration.ofHours(24)));
    eventually().until(() -> bench.records().serverMicros() > first);
  }
}
