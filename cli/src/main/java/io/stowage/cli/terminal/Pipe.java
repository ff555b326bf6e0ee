package io.stowage.cli.terminal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells what leads to another process. */
final class Pipe {

  private static final System.Logger logger = System.getLogger(Pipe.class.getName());

  /** Of POSIX's file modes, the bits of the kind of file, and two kinds. */
  private static final int KIND = 0170000;

  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private Pipe() {}

  /** Whether there is a pipe, or a socket; never on systems without the file modes of POSIX. */
  static boolean isAt(Path path) {
    try {
      int kind = (Integer) Files.getAttribute(path, "unix:mode") & KIND;
      return kind == FIFO || kind == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      logger.log(Level.DEBUG, "what kind of file " + path + " is cannot be seen", e);
      return false;
    }
  }
}
