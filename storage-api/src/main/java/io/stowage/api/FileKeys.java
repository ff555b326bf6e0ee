package io.stowage.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The key set in a file.
 *
 * @param path the file
 */
record FileKeys(Path path) implements KeyProvider {

  @Override
  public byte[] keySet() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IllegalStateException("key set file '" + path + "' cannot be read: " + e, e);
    }
  }
}
