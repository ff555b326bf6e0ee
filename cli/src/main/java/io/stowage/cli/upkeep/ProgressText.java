package io.stowage.cli.upkeep;

import io.stowage.api.Progress;
import io.stowage.cli.terminal.StatusLine;
import java.util.Locale;

/** How far upkeep is, as a line on a terminal. */
final class ProgressText {

  private final StatusLine line;

  ProgressText(StatusLine line) {
    this.line = line;
  }

  void show(Progress progress) {
    line.show(String.format(Locale.ROOT, "%s: %,d", progress.phase(), progress.done()));
  }
}
