package io.stowage.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  static final Report BEFORE =
      new Report(
          "Redis 7.0.15",
          "17.0.1",
          2,
          60,
          List.of(
              new Row("load", "redis-jedis", 1, new Quartiles(0.85, 0.9, 0.95), 9_000, 10_000),
              new Row("load", "redis-jedis", 8, new Quartiles(0.75, 0.8, 0.85), 16_000, 20_000)));

  private static final Report AFTER =
      new Report(
          "Redis 7.0.15",
          "17.0.1",
          2,
          60,
          List.of(
              new Row("load", "redis-jedis", 1, new Quartiles(0.8, 0.855, 0.9), 8_550, 10_000),
              new Row("load", "redis-jedis", 8, new Quartiles(0.9, 1, 1.1), 20_000, 20_000),
              new Row("load", "redis-lettuce", 1, new Quartiles(1, 1, 1), 1, 1)));

  @Test
  void aLineForEachFigure() {
    assertThat(BEFORE.table())
        .containsExactly(
            "Redis 7.0.15, Java 17.0.1, 2 processors, 60 rounds",
            "time by hand / time of the library: 1.00 is as fast as by hand, less is slower",
            "",
            "work       client         threads  median  quartiles      library/s  by hand/s",
            "load       redis-jedis          1    0.90  0.85 to 0.95        9000      10000",
            "load       redis-jedis          8    0.80  0.75 to 0.85       16000      20000");
  }

  @Test
  void whatHasChangedSinceABaseline() {
    assertThat(AFTER.differences(BEFORE))
        .containsExactly(
            "medians beside the baseline's; * where the quartiles are apart",
            "",
            "work       client         threads baseline    now    change",
            "load       redis-jedis          1     0.90   0.86    -5.0 %",
            "load       redis-jedis          8     0.80   1.00   +25.0 % *",
            "load       redis-lettuce        1 not in the baseline");
  }

  @Test
  void aFileHoldsAllFigures(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("figures.json");
    BEFORE.write(file);
    assertThat(Report.read(file)).isEqualTo(BEFORE);
  }
}
