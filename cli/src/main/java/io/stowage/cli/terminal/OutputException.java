package io.stowage.cli.terminal;

import java.io.IOException;
import java.io.Serial;

/** Standard output cannot be written. */
public final class OutputException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  OutputException(IOException cause) {
    super("standard output cannot be written: " + cause.getMessage(), cause);
  }

  /** Whether the reader of a pipe has gone, as {@code head} does when it has enough. */
  boolean isReaderGone() {
    Throwable cause = getCause();
    String reason = cause == null ? null : cause.getMessage();
    return reason != null && reason.contains("Broken pipe");
  }
}
