package io.stowage.cli.load;

import io.stowage.cli.terminal.ErrorLine;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/** What becomes of lines that are no items: they stop the import, or are reported and counted. */
final class BadLines {

  private static final int MAX_REPORTED = 20;

  private final boolean skip;
  private final PrintWriter err;
  private final AtomicLong skipped = new AtomicLong();

  private BadLines(boolean skip, PrintWriter err) {
    this.skip = skip;
    this.err = err;
  }

  /** The first bad line stops the import. */
  static BadLines stopping(PrintWriter err) {
    return new BadLines(false, err);
  }

  /** Bad lines are skipped: the first few are reported, all are counted. */
  static BadLines skipping(PrintWriter err) {
    return new BadLines(true, err);
  }

  /**
   * Deals with a bad line.
   *
   * @throws BadLineException if it stops the import
   */
  void meet(long number, IllegalArgumentException reason) {
    if (!skip) {
      throw new BadLineException(number, reason);
    }
    long count = skipped.incrementAndGet();
    if (count <= MAX_REPORTED) {
      err.println("line " + number + " is skipped: " + ErrorLine.of(reason));
    } else if (count == MAX_REPORTED + 1) {
      err.println("further lines that are skipped are only counted");
    }
  }

  long skipped() {
    return skipped.get();
  }
}
