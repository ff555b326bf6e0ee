package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import io.stowage.serialization.encryption.KeySetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the keys of a key set by their ids. */
@Command(
    name = "list",
    description = {
      "Lists the ids of a key set's keys, the oldest first, and which one is primary.",
      "What the keys are is not shown."
    })
final class ListKeysCommand extends KeyFileCommand {

  ListKeysCommand(Environment environment) {
    super(environment);
  }

  @Override
  List<String> run(Path path) throws IOException {
    return KeySetFile.list(path).stream().map(ListKeysCommand::line).toList();
  }

  private static String line(KeySetFile.Key key) {
    return key.id()
        + (key.isEnabled() ? " enabled" : " disabled")
        + (key.isPrimary() ? " primary" : "");
  }
}
