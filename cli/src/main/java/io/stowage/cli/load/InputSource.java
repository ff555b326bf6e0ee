package io.stowage.cli.load;

import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes to import: a file or standard input, decompressed if they begin as gzip does. Nothing
 * is read ahead but a buffer.
 */
final class InputSource implements AutoCloseable {

  private static final String STANDARD_INPUT = "-";
  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final long size;
  private final CountingInputStream raw;
  private final InputStream content;

  private InputSource(String name, long size, InputStream bytes) throws IOException {
    this.name = name;
    this.size = size;
    this.raw = new CountingInputStream(bytes);
    this.content = decompressed(new BufferedInputStream(raw, BUFFER_BYTES));
  }

  /**
   * Opens a file, or standard input if it is {@code -}.
   *
   * @throws CommandFailure if it cannot be read
   */
  static InputSource open(String file, Environment environment) {
    try {
      if (file.equals(STANDARD_INPUT)) {
        return new InputSource("standard input", 0, environment.in());
      }
      Path path = environment.directory().resolve(file);
      if (Files.isDirectory(path)) {
        throw CommandFailure.failed("'" + file + "' is a directory, not a file");
      }
      long size = Files.size(path);
      return new InputSource(file, size, Files.newInputStream(path));
    } catch (NoSuchFileException e) {
      throw CommandFailure.failed("there is no file '" + file + "'", e);
    } catch (AccessDeniedException e) {
      throw CommandFailure.failed("the file '" + file + "' may not be read", e);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw CommandFailure.failed("the file '" + file + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream decompressed(BufferedInputStream bytes) throws IOException {
    bytes.mark(2);
    boolean isGzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return isGzip ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
  }

  /** What to call it in messages. */
  String name() {
    return name;
  }

  /** The content, decompressed. */
  InputStream content() {
    return content;
  }

  /** How much was read, as a part of the whole between 0 and 1; negative if the size is unknown. */
  double progress() {
    return size > 0 ? Math.min(1, (double) raw.count() / size) : -1;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
