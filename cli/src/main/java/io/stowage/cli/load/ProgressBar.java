package io.stowage.cli.load;

import io.stowage.cli.terminal.StatusLine;
import java.util.Locale;

/** How far an import is, as a line on a terminal. */
final class ProgressBar {

  private static final int WIDTH = 30;

  private final StatusLine line;

  ProgressBar(StatusLine line) {
    this.line = line;
  }

  /**
   * Shows how far the import is.
   *
   * @param part the part that is done, from 0 to 1, or a negative number if it is not known
   */
  void show(double part, long items) {
    line.show(bar(part) + String.format(Locale.ROOT, "%,d items", items));
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
}
