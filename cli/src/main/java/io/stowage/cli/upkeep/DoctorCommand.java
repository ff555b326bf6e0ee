package io.stowage.cli.upkeep;

import io.stowage.api.Maintenance;
import io.stowage.api.ServerReport;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.cli.command.Backend;
import io.stowage.cli.command.BackendOptions;
import io.stowage.cli.command.DurationConverter;
import io.stowage.cli.command.Servers;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.cli.terminal.StatusLine;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a store, or the servers. */
@Command(
    name = "doctor",
    description = {
      "Checks every record and every index entry of a store, or with --server the servers, while"
          + " they are in use. Without --repair nothing is changed.",
      "Exit code 1 if an answer of the store may be wrong because of what was found and not"
          + " repaired, or if the servers are not fit for a store."
    })
public final class DoctorCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", arity = "0..1", paramLabel = "STORE", description = "The store's name.")
  private @Nullable String store;

  @Option(
      names = "--server",
      description =
          "Check the servers: versions, eviction, persistence, replicas, and this user's rights.")
  private boolean server;

  @Option(
      names = "--repair",
      description = "Mend what is found, and check again. Records that cannot be decoded stay.")
  private boolean repair;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "The TTL with which programs open the store; records without one are reported, and get"
              + " it with --repair.")
  private @Nullable Duration ttl;

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  @Mixin private final GraceOption grace = new GraceOption();
  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public DoctorCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (server) {
      if (store != null || repair || ttl != null) {
        throw CommandFailure.wrongUsage("--server goes with no store, --repair or --ttl");
      }
      return checkServers();
    }
    if (store == null) {
      throw CommandFailure.wrongUsage("nothing is to be checked; name a store, or give --server");
    }
    return checkStore(store);
  }

  private int checkStore(String name) {
    grace.check();
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment)) {
      StoreOptions.Builder options = grace.applyTo(backend.storeOptions());
      StoreOptions storeOptions =
          ttl == null ? options.build() : options.ttl(Ttl.absolute(ttl)).build();
      Maintenance maintenance =
          backend
              .platform()
              .maintenance(StoredType.of(name, backend.definition(name)), storeOptions);
      Diagnosis diagnosis = diagnose(name, maintenance);
      if (json) {
        output.line(ReportJson.of(diagnosis));
      } else {
        DiagnosisText.print(diagnosis, output);
      }
      return diagnosis.isHealthy() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private Diagnosis diagnose(String name, Maintenance maintenance) {
    try (StatusLine line = new StatusLine(environment)) {
      ProgressText progress = new ProgressText(line);
      return repair
          ? Diagnosis.ofRepair(name, maintenance, progress::show)
          : Diagnosis.ofCheck(name, maintenance, progress::show);
    }
  }

  private int checkServers() {
    Servers servers = Servers.inspect(backendOptions, environment);
    try (Output output = new Output(environment)) {
      if (json) {
        output.line(ReportJson.of(servers.report()));
      } else {
        servers
            .report()
            .ifPresentOrElse(
                report -> ServerText.print(report, output),
                () -> output.line("the adapter " + servers.adapter() + " has no servers"));
      }
    }
    return servers.report().map(DoctorCommand::isFit).orElse(true) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static boolean isFit(ServerReport report) {
    return report.problems().stream()
        .noneMatch(problem -> problem.severity() == ServerReport.Severity.ERROR);
  }
}
