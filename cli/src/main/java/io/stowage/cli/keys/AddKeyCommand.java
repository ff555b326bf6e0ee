package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.serialization.encryption.KeySetFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds a key to a key set. */
@Command(
    name = "add",
    description = {
      "Adds a new key to a key set. Nothing is encrypted with it until it is promoted.",
      "Promote it once every program that uses the key set has the changed one."
    })
final class AddKeyCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "FILE", description = "The key set's file.")
  private Path file = Path.of("");

  AddKeyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path path = environment.directory().resolve(file);
    try (Output output = new Output(environment)) {
      long id = KeyFileOperation.on(path, KeySetFile::add);
      output.line("added key " + id + " to '" + path + "'");
    }
    return ExitCode.OK;
  }
}
