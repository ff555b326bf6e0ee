package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.serialization.encryption.KeySetFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a key set. */
@Command(
    name = "create",
    description = {
      "Makes a key set of one AES-256-GCM key in a new file that its owner alone may read.",
      "Keep a copy of the file in a safe place: without the keys nothing can be decrypted."
    })
final class CreateKeyCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file to make.")
  private Path file = Path.of("");

  CreateKeyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path path = environment.directory().resolve(file);
    try (Output output = new Output(environment)) {
      long id = KeyFileOperation.on(path, KeySetFile::create);
      output.line("created '" + path + "' with key " + id + ", which is primary");
    }
    return ExitCode.OK;
  }
}
