package io.stowage.cli.upkeep;

import io.stowage.api.RotationReport;
import io.stowage.api.StorageException;
import io.stowage.cli.command.Backend;
import io.stowage.cli.command.BackendOptions;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.cli.terminal.StatusLine;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Encrypts a store under the primary key. */
@Command(
    name = "rotate-key",
    description = {
      "Encrypts every item that is not encrypted under the primary key of the key set under that"
          + " one, while the store is in use.",
      "If it is interrupted, the same command goes on where it stopped. Exit code 1 if an item"
          + " cannot be decrypted."
    })
public final class RotateKeyCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public RotateKeyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment)) {
      if (!backend.hasKeys()) {
        throw CommandFailure.wrongUsage("keys are missing; give --key-file or STOWAGE_KEYS");
      }
      RotationReport report = rotate(backend);
      output.line(summary(report));
      return report.isComplete() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private RotationReport rotate(Backend backend) {
    try (StatusLine line = new StatusLine(environment)) {
      return backend
          .platform()
          .maintenance(
              StoredType.of(store, backend.definition(store)), backend.storeOptions().build())
          .rotateKeys(new ProgressText(line)::show);
    } catch (StorageException e) {
      String advice =
          e.isTransient() ? "; repeated later, the same command goes on where it stopped" : "";
      throw CommandFailure.failed(ErrorLine.of(e) + advice, e);
    }
  }

  private String summary(RotationReport report) {
    return String.format(
        Locale.ROOT,
        "encrypted '%s' under key %d in %.1f s: looked at %d records, encrypted %d%s%s",
        store,
        report.keyId(),
        report.elapsed().toMillis() / 1e3,
        report.records(),
        report.rotated(),
        report.unreadable() > 0 ? "; " + report.unreadable() + " cannot be decrypted" : "",
        report.wasResumed() ? "; went on where an earlier run had stopped" : "");
  }
}
