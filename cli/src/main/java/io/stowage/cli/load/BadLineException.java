package io.stowage.cli.load;

import java.io.Serial;

/** A line is no item, and stops the import. */
final class BadLineException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  BadLineException(long number, IllegalArgumentException reason) {
    super("line " + number + " is no item: " + reason.getMessage(), reason);
  }
}
