package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.serialization.encryption.KeySetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a key from a key set. */
@Command(
    name = "remove",
    description = {
      "Removes a key that is not the primary one. What is encrypted with it is lost for good.",
      "Run 'stowage rotate-key' on every store of the key set before."
    })
final class RemoveKeyCommand extends KeyFileCommand {

  @Parameters(index = "1", paramLabel = "ID", description = "The key's id.")
  private long id;

  RemoveKeyCommand(Environment environment) {
    super(environment);
  }

  @Override
  List<String> run(Path path) throws IOException {
    KeySetFile.remove(path, id);
    return List.of("removed key " + id + " from '" + path + "'");
  }
}
