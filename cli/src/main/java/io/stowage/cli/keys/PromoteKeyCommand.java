package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.serialization.encryption.KeySetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a key of a key set the primary one. */
@Command(
    name = "promote",
    description = {
      "Makes a key the primary one: what is saved from now on is encrypted with it.",
      "What was encrypted with another one stays so until 'stowage rotate-key'."
    })
final class PromoteKeyCommand extends KeyFileCommand {

  @Parameters(index = "1", paramLabel = "ID", description = "The key's id.")
  private long id;

  PromoteKeyCommand(Environment environment) {
    super(environment);
  }

  @Override
  List<String> run(Path path) throws IOException {
    KeySetFile.promote(path, id);
    return List.of("key " + id + " of '" + path + "' is primary now");
  }
}
