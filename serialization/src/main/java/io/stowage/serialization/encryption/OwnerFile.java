package io.stowage.serialization.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Files that their owner alone may read and write, where the file system knows owners. They are
 * written beside their place and moved there once they are on the disk.
 */
final class OwnerFile {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private OwnerFile() {}

  /**
   * Makes a file.
   *
   * @param bytes overwritten before this method ends
   * @throws FileAlreadyExistsException if there is one
   */
  static void create(Path path, byte[] bytes) throws IOException {
    boolean isComplete = false;
    try (FileChannel file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            attributes(path))) {
      try {
        write(file, bytes);
        isComplete = true;
      } finally {
        if (!isComplete) {
          Files.delete(path);
        }
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Replaces a file; if it is a symbolic link, the file that it names.
   *
   * @param bytes overwritten before this method ends
   */
  static void replace(Path path, byte[] bytes) throws IOException {
    Path place = path.toRealPath();
    Path beside = place.resolveSibling(place.getFileName() + ".new");
    Files.deleteIfExists(beside); // left by a process that was killed
    create(beside, bytes);
    try {
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void write(FileChannel file, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      file.write(rest);
    }
    file.force(true);
  }

  private static FileAttribute<?>[] attributes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
        : new FileAttribute<?>[0];
  }
}
