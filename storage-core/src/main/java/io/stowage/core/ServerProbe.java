package io.stowage.core;

import io.stowage.api.Outcome;
import io.stowage.api.ServerReport;
import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Severity;
import io.stowage.api.StorageException;
import io.stowage.core.store.CallsUnderWay;
import io.stowage.core.store.Operations;
import io.stowage.spi.ServerPort;
import io.stowage.spi.StorageAdapter;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the servers behind an adapter before it is used. */
final class ServerProbe {

  private static final Logger LOG = LoggerFactory.getLogger(ServerProbe.class);

  private ServerProbe() {}

  /**
   * Refuses servers with which no store can work, and logs what else is wrong with them.
   *
   * @throws StorageException if they are refused or cannot be looked at
   */
  static void check(StorageAdapter adapter) {
    Operations operations = new Operations("-", adapter.name(), new CallsUnderWay());
    operations
        .read("open", () -> adapter.servers().map(ServerPort::inspect))
        .ifPresent(report -> check(report, operations));
  }

  /**
   * Refuses a store that would be lost with a few of its keys where a server may remove these.
   *
   * @throws StorageException if one may, or the servers cannot be asked
   */
  static void requireKept(StorageAdapter adapter, String store, Operations operations) {
    List<String> evicting =
        operations.read(
            "open", () -> adapter.servers().map(ServerPort::evicting).orElse(List.of()));
    if (!evicting.isEmpty()) {
      throw StorageException.permanentFailure(
          "store '"
              + store
              + "' has dictionaries, names of classes or blind indexes, without which its items"
              + " cannot be read or found, and "
              + String.join(", ", evicting)
              + " may remove these when memory is short (maxmemory-policy is allkeys-...); set"
              + " noeviction or a volatile- policy",
          operations.context("open"),
          Outcome.NOT_APPLIED,
          null);
    }
  }

  private static void check(ServerReport report, Operations operations) {
    log(report);
    List<Problem> errors = problems(report, Severity.ERROR);
    if (!errors.isEmpty()) {
      throw StorageException.permanentFailure(
          reason(errors, report), operations.context("open"), Outcome.NOT_APPLIED, null);
    }
  }

  private static String reason(List<Problem> errors, ServerReport report) {
    String problems = errors.stream().map(Problem::text).collect(Collectors.joining("; "));
    return report
        .missingRights()
        .filter(line -> !problems.contains(line))
        .map(line -> problems + "; to give the rights that are missing: " + line)
        .orElse(problems);
  }

  private static void log(ServerReport report) {
    problems(report, Severity.WARNING).forEach(problem -> LOG.warn("{}", problem.text()));
    problems(report, Severity.NOTE).forEach(problem -> LOG.debug("{}", problem.text()));
  }

  private static List<Problem> problems(ServerReport report, Severity severity) {
    return report.problems().stream().filter(problem -> problem.severity() == severity).toList();
  }
}
