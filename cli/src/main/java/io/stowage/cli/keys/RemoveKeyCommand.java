package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.serialization.encryption.KeySetFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a key from a key set. */
@Command(
    name = "remove",
    description = {
      "Removes a key that is not the primary one. What is encrypted with it is lost for good.",
      "Run 'stowage rotate-key' on every store of the key set before."
    })
final class RemoveKeyCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "FILE", description = "The key set's file.")
  private Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "ID", description = "The key's id.")
  private long id;

  RemoveKeyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path path = environment.directory().resolve(file);
    try (Output output = new Output(environment)) {
      KeyFileOperation.change(path, keys -> KeySetFile.remove(keys, id));
      output.line("removed key " + id + " from '" + path + "'");
    }
    return ExitCode.OK;
  }
}
