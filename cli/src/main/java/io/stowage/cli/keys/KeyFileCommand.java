package io.stowage.cli.keys;

import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/** A command about the key set in one file. */
abstract class KeyFileCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "FILE", description = "The key set's file.")
  private Path file = Path.of("");

  KeyFileCommand(Environment environment) {
    this.environment = environment;
  }

  /**
   * Does it.
   *
   * @return the lines that tell what was done
   * @throws IllegalArgumentException if the key set does not allow it
   */
  abstract List<String> run(Path path) throws IOException;

  @Override
  public final Integer call() {
    Path path = environment.directory().resolve(file);
    try (Output output = new Output(environment)) {
      lines(path).forEach(output::line);
    }
    return ExitCode.OK;
  }

  private List<String> lines(Path path) {
    try {
      return run(path);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.failed("there is a file '" + path + "' already; it stays as it is", e);
    } catch (NoSuchFileException e) {
      throw CommandFailure.failed("there is no file or directory '" + e.getFile() + "'", e);
    } catch (IOException e) {
      throw CommandFailure.failed("key set file '" + path + "' failed: " + e, e);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.failed(ErrorLine.of(e), e);
    }
  }
}
