package io.stowage.cli.upkeep;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.ReindexReport;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.cli.command.Backend;
import io.stowage.cli.command.BackendOptions;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.cli.terminal.StatusLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes the indexes of a store that has data. */
@Command(
    name = "reindex",
    description = {
      "Adds, changes and drops indexes of a store, while it is in use.",
      "No query misses an item meanwhile. It waits one and a half grace periods for every step that"
          + " all programs that have the store open must have taken note of. If it is interrupted,"
          + " the same command goes on where it stopped. Exit code 1 if a record cannot be decoded:"
          + " then queries do not use the new indexes yet."
    })
public final class ReindexCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Mixin private final IndexOptions indexes = new IndexOptions();
  @Mixin private final GraceOption grace = new GraceOption();
  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public ReindexCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    indexes.check();
    grace.check();
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment)) {
      ItemType<Document> wanted =
          StoredType.of(store, indexes.changed(store, backend.definition(store)));
      StoreOptions storeOptions = grace.applyTo(backend.storeOptions()).build();
      ReindexReport report = reindex(backend, wanted, storeOptions);
      output.line(summary(report));
      return report.isComplete() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private ReindexReport reindex(
      Backend backend, ItemType<Document> wanted, StoreOptions storeOptions) {
    try (StatusLine line = new StatusLine(environment)) {
      return backend
          .platform()
          .maintenance(wanted, storeOptions)
          .reindex(new ProgressText(line)::show);
    } catch (StorageException e) {
      String advice =
          e.isTransient() ? "; repeated later, the same command goes on where it stopped" : "";
      throw CommandFailure.failed(ErrorLine.of(e) + advice, e);
    }
  }

  private String summary(ReindexReport report) {
    List<String> done = new ArrayList<>();
    report.added().forEach(index -> done.add("added " + index));
    report.dropped().forEach(index -> done.add("dropped " + index));
    if (!report.isComplete()) {
      done.add("not complete");
    }
    StringBuilder summary = new StringBuilder();
    summary.append(
        String.format(
            Locale.ROOT,
            "reindexed '%s' in %.1f s: %s; looked at %d records, added %d index entries",
            store,
            report.elapsed().toMillis() / 1e3,
            String.join(", ", done),
            report.records(),
            report.entries()));
    if (!report.isComplete()) {
      summary
          .append("; ")
          .append(report.undecodable())
          .append(
              " records cannot be decoded, so queries do not use the new indexes: give their keys"
                  + " or delete them, and repeat the command");
    }
    if (report.isResumed()) {
      summary.append("; went on where an earlier run had stopped");
    }
    return summary.toString();
  }
}
