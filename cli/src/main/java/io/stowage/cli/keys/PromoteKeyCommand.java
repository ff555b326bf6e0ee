package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.serialization.encryption.KeySetFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a key of a key set the primary one. */
@Command(
    name = "promote",
    description = {
      "Makes a key the primary one: what is saved from now on is encrypted with it.",
      "What was encrypted with another one stays so until 'stowage rotate-key'."
    })
final class PromoteKeyCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "FILE", description = "The key set's file.")
  private Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "ID", description = "The key's id.")
  private long id;

  PromoteKeyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path path = environment.directory().resolve(file);
    try (Output output = new Output(environment)) {
      KeyFileOperation.change(path, keys -> KeySetFile.promote(keys, id));
      output.line("key " + id + " of '" + path + "' is primary now");
    }
    return ExitCode.OK;
  }
}
