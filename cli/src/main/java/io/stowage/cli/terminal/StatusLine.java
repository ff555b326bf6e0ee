package io.stowage.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * A line on standard error that is drawn over and over, at most ten times a second. Where standard
 * error is no terminal it does nothing. For one thread.
 */
public final class StatusLine implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean isTerminal;
  private long drawnAt;
  private boolean isDrawn;

  public StatusLine(Environment environment) {
    this.err = environment.err();
    this.isTerminal = environment.interactive();
  }

  /** Shows a text instead of the one before. */
  public void show(String text) {
    long now = System.nanoTime();
    if (!isTerminal || (isDrawn && now - drawnAt < PAUSE_NANOS)) {
      return;
    }
    drawnAt = now;
    isDrawn = true;
    err.print(CLEAR + text);
    err.flush();
  }

  /** Takes the line off the terminal. */
  @Override
  public void close() {
    if (isDrawn) {
      err.print(CLEAR);
      err.flush();
      isDrawn = false;
    }
  }
}
