package io.stowage.cli.terminal;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** Standard output cannot be written. */
public final class OutputException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  OutputException(IOException cause) {
    super("standard output cannot be written: " + cause.getMessage(), cause);
  }

  /**
   * Whether the reader of a pipe has gone, as {@code head} does when it has enough: there is no
   * other reason for which a pipe cannot be written. What the operating system says of it depends
   * on the user's language.
   */
  boolean isReaderGone() {
    return Pipe.isAt(STANDARD_OUTPUT);
  }
}
