package io.stowage.cli.command;

import io.stowage.api.KeyProvider;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of a command that says with which keys items are encrypted. */
final class KeyOptions {

  private static final String VARIABLE = "STOWAGE_KEYS";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The key set with which items are encrypted, as 'stowage key create' makes it. By default"
              + " the key set in the variable STOWAGE_KEYS, if there is one.")
  private @Nullable Path file;

  KeyOptions() {}

  /**
   * The keys; empty if none are given.
   *
   * @throws CommandFailure if the file cannot be read
   */
  Optional<KeyProvider> keys(Environment environment) {
    if (file != null) {
      Path path = environment.directory().resolve(file);
      if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        throw CommandFailure.failed("the file of --key-file cannot be read: " + path);
      }
      return Optional.of(KeyProvider.file(path));
    }
    String variable = environment.variables().getOrDefault(VARIABLE, "");
    return variable.isBlank()
        ? Optional.empty()
        : Optional.of(() -> variable.getBytes(StandardCharsets.UTF_8));
  }
}
