package io.stowage.cli.keys;

import io.stowage.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Something that is done with a key set file.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
interface KeyFileOperation<T> {

  T run(Path file) throws IOException;

  /** Something that is done with a key set file, without an answer. */
  @FunctionalInterface
  interface Change {

    void run(Path file) throws IOException;
  }

  /**
   * Does it.
   *
   * @throws CommandFailure if it fails
   */
  static void change(Path file, Change change) {
    boolean isDone =
        on(
            file,
            path -> {
              change.run(path);
              return true;
            });
    assert isDone;
  }

  /**
   * Does it.
   *
   * @throws CommandFailure if it fails
   */
  static <T> T on(Path file, KeyFileOperation<T> operation) {
    try {
      return operation.run(file);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.failed("there is a file '" + file + "' already; it stays as it is", e);
    } catch (NoSuchFileException e) {
      throw CommandFailure.failed("there is no file or directory '" + e.getFile() + "'", e);
    } catch (IOException e) {
      throw CommandFailure.failed("key set file '" + file + "': " + e, e);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.failed(e.getMessage(), e);
    }
  }
}
