package io.stowage.cli.load;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line on a terminal that is drawn over and over, at most ten times a second. */
final class ProgressBar {

  private static final int WIDTH = 30;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private long drawnAt;
  private boolean isDrawn;

  ProgressBar(PrintWriter err) {
    this.err = err;
  }

  /**
   * Shows how far the import is.
   *
   * @param part the part that is done, from 0 to 1, or a negative number if it is not known
   */
  void show(double part, long items) {
    long now = System.nanoTime();
    if (isDrawn && now - drawnAt < PAUSE_NANOS) {
      return;
    }
    drawnAt = now;
    isDrawn = true;
    err.print(CLEAR + bar(part) + String.format(Locale.ROOT, "%,d items", items));
    err.flush();
  }

  private static String bar(double part) {
    if (part < 0) {
      return "";
    }
    int full = (int) Math.round(part * WIDTH);
    return "["
        + "#".repeat(full)
        + "-".repeat(WIDTH - full)
        + String.format(Locale.ROOT, "] %3d %%  ", Math.round(part * 100));
  }

  /** Takes the line off the terminal. */
  void clear() {
    if (isDrawn) {
      err.print(CLEAR);
      err.flush();
      isDrawn = false;
    }
  }
}
