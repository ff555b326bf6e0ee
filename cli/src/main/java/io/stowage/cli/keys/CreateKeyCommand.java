package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.serialization.encryption.KeySetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** Makes a key set. */
@Command(
    name = "create",
    description = {
      "Makes a key set of one AES-256-GCM key in a new file that its owner alone may read.",
      "Keep a copy of the file in a safe place: without the keys nothing can be decrypted."
    })
final class CreateKeyCommand extends KeyFileCommand {

  CreateKeyCommand(Environment environment) {
    super(environment);
  }

  @Override
  List<String> run(Path path) throws IOException {
    long id = KeySetFile.create(path);
    return List.of("created '" + path + "' with key " + id + ", which is primary");
  }
}
