package io.stowage.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.embedded.redis.EmbeddedRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether all is measured, and only what is comparable; how fast it is does not matter here. */
@Tag("server")
@Tag("full")
class PairedBenchmarkTest {

  private static final Scale SMALL = new Scale(2, 1, 1, 2);
  private static final Documents DOCUMENTS = Documents.made(1, 1);

  @Test
  void everyWorkIsMeasuredWithEachClientAndNumberOfThreads() {
    Report report = new PairedBenchmark(SMALL).run();
    List<String> expected = new ArrayList<>();
    for (Work work : Work.values()) {
      for (Client client : Client.values()) {
        expected.add(work.label() + " " + client.adapter() + " 1");
        expected.add(work.label() + " " + client.adapter() + " 8");
      }
    }
    assertThat(report.rows())
        .extracting(row -> row.work() + " " + row.client() + " " + row.threads())
        .containsExactlyElementsOf(expected);
    assertThat(report.rows())
        .allSatisfy(
            row -> {
              assertThat(row.ratio().lower()).isPositive();
              assertThat(row.libraryPerSecond()).isPositive();
              assertThat(row.byHandPerSecond()).isPositive();
            });
  }

  @Test
  void figuresArePrintedWrittenAndCompared(@TempDir Path directory) throws IOException {
    Path baseline = directory.resolve("before.json");
    ReportTest.BEFORE.write(baseline);
    Path json = directory.resolve("after.json");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int status =
        PairedBenchmark.run(
            List.of("--rounds", "1", "--json", json.toString(), "--baseline", baseline.toString()),
            out,
            out);
    assertThat(status).isZero();
    Report report = Report.read(json);
    assertThat(report.rows()).hasSize(16);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsAll(report.table())
        .containsAll(report.differences(ReportTest.BEFORE));
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void sidesThatDoTheSamePass(Client client) {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        Pair pair = Pair.open(redis, client)) {
      new DataCheck(DOCUMENTS).check(pair.library(), pair.byHand());
      assertThat(pair.byHand().database().contents())
          .hasSizeGreaterThan(DOCUMENTS.count())
          .isEqualTo(pair.library().database().contents());
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void aSideThatLeavesOutAnIndexIsRefused(Client client) {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        Pair pair = Pair.open(redis, client);
        Corner lazy =
            new Corner(
                new ByHand(
                    client.connect(redis.host(), redis.port(), 9),
                    List.of(Layout.SESSION, "thread_id")),
                new Database(redis.host(), redis.port(), 9))) {
      assertThatThrownBy(() -> new DataCheck(DOCUMENTS).check(pair.library(), lazy))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "the sides do not do the same: stored at stowage:messages:idx:type:assistant_message"
                  + " by hand is nothing; expected is ");
    }
  }

  @Test
  void aDifferenceInWhatIsStoredIsRefused() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        Pair pair = Pair.open(redis, Client.JEDIS)) {
      pair.library().fill(DOCUMENTS);
      pair.byHand().fill(DOCUMENTS);
      pair.byHand().side().save(DOCUMENTS.get(0).with("turn", 99));
      assertThatThrownBy(() -> new DataCheck(DOCUMENTS).checkStored(pair.library(), pair.byHand()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("by hand is ");
    }
  }
}
