package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.serialization.encryption.KeySetFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the keys of a key set by their ids. */
@Command(
    name = "list",
    description = "Lists the ids of a key set's keys, the oldest first, and which one is primary.")
final class ListKeysCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "FILE", description = "The key set's file.")
  private Path file = Path.of("");

  ListKeysCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path path = environment.directory().resolve(file);
    try (Output output = new Output(environment)) {
      for (KeySetFile.Key key : KeyFileOperation.on(path, KeySetFile::list)) {
        output.line(
            key.id()
                + (key.isEnabled() ? " enabled" : " disabled")
                + (key.isPrimary() ? " primary" : ""));
      }
    }
    return ExitCode.OK;
  }
}
