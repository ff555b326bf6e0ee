package io.stowage.testkit.fault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How the bytes of a connection are cut into requests and replies. Safe for many threads. */
@FunctionalInterface
public interface Framing {

  /**
   * Takes the next frame from a buffered stream, and no byte beyond it.
   *
   * @return null if the stream ends before it
   * @throws EOFException if the stream ends inside it
   * @throws IOException if it is no frame; a proxy fails then
   */
  byte @Nullable [] next(InputStream in) throws IOException;

  /** For a protocol that is not known: whatever came at once is a frame. */
  static Framing asTheyCome() {
    return in -> {
      byte[] buffer = new byte[1 << 16];
      int length = in.read(buffer);
      return length < 0 ? null : Arrays.copyOf(buffer, length);
    };
  }
}
