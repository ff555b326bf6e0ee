package io.stowage.benchmarks.paired;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one run measured, as tables and as a file.
 *
 * @param server which server it was measured on
 * @param jdk in which Java
 * @param processors on how many processors
 * @param rounds in how many rounds
 */
record Report(String server, String jdk, int processors, int rounds, List<Row> rows) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String HEADING = "work       client         threads ";

  Report {
    rows = List.copyOf(rows);
  }

  /** The figures, a line each. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(server + ", Java " + jdk + ", " + processors + " processors, " + rounds + " rounds");
    lines.add("time by hand / time of the library: 1.00 is as fast as by hand, less is slower");
    lines.add("");
    lines.add(HEADING + " median  quartiles      library/s  by hand/s");
    for (Row row : rows) {
      Quartiles ratio = row.ratio();
      String figures =
          String.format(
              Locale.ROOT,
              "%7.2f  %.2f to %.2f  %10d %10d",
              ratio.median(),
              ratio.lower(),
              ratio.upper(),
              row.libraryPerSecond(),
              row.byHandPerSecond());
      lines.add(names(row) + figures);
    }
    return lines;
  }

  /** What has changed since an earlier run, a line for each figure. */
  List<String> differences(Report earlier) {
    List<String> lines = new ArrayList<>();
    lines.add("medians beside the baseline's; * where the quartiles are apart");
    lines.add("");
    lines.add(HEADING + "baseline    now    change");
    for (Row row : rows) {
      Optional<Row> before = earlier.rows.stream().filter(row::isOfSame).findFirst();
      lines.add(names(row) + before.map(old -> difference(old, row)).orElse("not in the baseline"));
    }
    return lines;
  }

  private static String difference(Row before, Row now) {
    double old = before.ratio().median();
    double median = now.ratio().median();
    String mark = now.ratio().isApartFrom(before.ratio()) ? " *" : "";
    double percent = 100 * (median / old - 1);
    return String.format(Locale.ROOT, "%8.2f %6.2f %+7.1f %%%s", old, median, percent, mark);
  }

  private static String names(Row row) {
    return String.format(Locale.ROOT, "%-10s %-14s %7d ", row.work(), row.client(), row.threads());
  }

  void write(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the file cannot be read or holds something else
   */
  static Report read(Path file) {
    try {
      Report report = JSON.readValue(Files.readAllBytes(file), Report.class);
      if (report == null) {
        throw new IllegalArgumentException("'" + file + "' holds no figures of this benchmark");
      }
      return report;
    } catch (IOException e) {
      throw new IllegalArgumentException("'" + file + "' cannot be read: " + e, e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "'" + file + "' holds no figures of this benchmark: " + e.getOriginalMessage(), e);
    }
  }
}
