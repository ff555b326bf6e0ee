package io.stowage.cli.upkeep;

import io.stowage.api.SweepOptions;
import io.stowage.api.SweepReport;
import io.stowage.cli.command.Backend;
import io.stowage.cli.command.BackendOptions;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sweeps a store once. */
@Command(
    name = "sweep",
    description = {
      "Removes index entries that match no record and are older than the grace period.",
      "Programs that have the store open do so by themselves, every few minutes."
    })
public final class SweepCommand implements Callable<Integer> {

  private static final long WHOLE_STORE = 1_000_000_000;

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Option(
      names = "--max-entries",
      paramLabel = "N",
      description = "Look at so many index entries at most; by default at all of them.")
  private @Nullable Long maxEntries;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Look at so many index entries a second at most; 50000 by default.")
  private @Nullable Integer rate;

  @Mixin private final GraceOption grace = new GraceOption();
  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public SweepCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    SweepOptions sweep = sweepOptions();
    grace.check();
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment)) {
      SweepReport report =
          backend
              .platform()
              .maintenance(
                  StoredType.of(store, backend.definition(store)),
                  grace.applyTo(backend.storeOptions()).build())
              .sweep(sweep);
      if (report.isHeld()) {
        throw CommandFailure.failed(
            "another process is sweeping store '" + store + "'; nothing was done");
      }
      output.line(summary(report));
    }
    return ExitCode.OK;
  }

  private SweepOptions sweepOptions() {
    SweepOptions options =
        SweepOptions.defaults().withMaxEntries(maxEntries == null ? WHOLE_STORE : maxEntries);
    return rate == null ? options : options.withEntriesPerSecond(rate);
  }

  private String summary(SweepReport report) {
    return String.format(
        Locale.ROOT,
        "swept '%s' in %.1f s: looked at %d index entries under %d values, removed %d%s",
        store,
        report.elapsed().toMillis() / 1e3,
        report.entries(),
        report.terms(),
        report.removed(),
        report.isComplete() ? "" : "; it ended before it had seen all");
  }
}
