package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.serialization.encryption.KeySetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** Adds a key to a key set. */
@Command(
    name = "add",
    description = {
      "Adds a new key to a key set. Nothing is encrypted with it until it is promoted.",
      "Promote it once every program that uses the key set has the changed one."
    })
final class AddKeyCommand extends KeyFileCommand {

  AddKeyCommand(Environment environment) {
    super(environment);
  }

  @Override
  List<String> run(Path path) throws IOException {
    long id = KeySetFile.add(path);
    return List.of("added key " + id + " to '" + path + "'");
  }
}
