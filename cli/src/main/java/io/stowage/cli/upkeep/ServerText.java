package io.stowage.cli.upkeep;

import io.stowage.api.ServerReport;
import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Server;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.cli.terminal.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report on servers for people: a table, the problems, and what mends the rights. */
final class ServerText {

  private static final List<String> HEAD =
      List.of("address", "role", "product", "version", "eviction", "persistence", "replicas");

  private ServerText() {}

  static void print(ServerReport report, Output output) {
    List<List<String>> table = new ArrayList<>();
    table.add(HEAD);
    report.servers().forEach(server -> table.add(row(server)));
    for (List<String> row : table) {
      output.line(line(row, table));
    }
    for (Problem problem : report.problems()) {
      output.line(
          problem.severity().name().toLowerCase(Locale.ROOT) + ": " + ErrorLine.of(problem.text()));
    }
    report
        .missingRights()
        .ifPresent(
            rights -> {
              output.line("rights are missing; this gives them:");
              output.line(rights);
            });
    if (report.problems().isEmpty()) {
      output.line("no problems");
    }
  }

  private static List<String> row(Server server) {
    return List.of(
        server.address(),
        server.role(),
        server.product(),
        server.version(),
        server.evictionPolicy(),
        server.persistence(),
        Integer.toString(server.replicas()));
  }

  private static String line(List<String> row, List<List<String>> table) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(row.get(column));
      if (column < row.size() - 1) {
        line.append(" ".repeat(width(column, table) - row.get(column).length() + 2));
      }
    }
    return line.toString();
  }

  private static int width(int column, List<List<String>> table) {
    return table.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
