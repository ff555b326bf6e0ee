package io.stowage.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lines on standard output, in UTF-8 and buffered until {@link #close()}. Unlike a {@code
 * PrintStream} it reports a reader that went away, so that a long listing ends then.
 */
public final class Output implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;

  public Output(Environment environment) {
    this.out = new BufferedOutputStream(environment.out(), BUFFER_BYTES);
  }

  /**
   * Writes a line.
   *
   * @throws OutputException if it cannot be written
   */
  public void line(String text) {
    line(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a line that is UTF-8 already.
   *
   * @throws OutputException if it cannot be written
   */
  public void line(byte[] text) {
    try {
      out.write(text);
      out.write('\n');
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }

  /**
   * Writes what is buffered; standard output stays open.
   *
   * @throws OutputException if it cannot be written
   */
  @Override
  public void close() {
    flush();
  }

  /**
   * Writes what is buffered.
   *
   * @throws OutputException if it cannot be written
   */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }
}
