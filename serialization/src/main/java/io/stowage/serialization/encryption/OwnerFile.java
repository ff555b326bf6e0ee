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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Files that their owner alone may read and write when they are made, where the file system knows
 * owners. A changed one is written beside its place and moved there once it is on the disk; whoever
 * could read it before can read it then, and nobody else.
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
   * Replaces a file; if it is a symbolic link, the file that it names. Its owner, group and mode
   * stay.
   *
   * @param bytes overwritten before this method ends
   * @throws IOException also if these cannot be kept; the file stays as it is then
   */
  static void replace(Path path, byte[] bytes) throws IOException {
    Path place = path.toRealPath();
    Path beside = place.resolveSibling(place.getFileName() + ".new");
    Files.deleteIfExists(beside); // left by a process that was killed
    create(beside, bytes);
    try {
      keepAccess(place, beside);
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Last the mode: until then nobody may read the file who may not afterwards. */
  private static void keepAccess(Path from, Path to) throws IOException {
    PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (target == null) {
      return;
    }
    PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributes made = target.readAttributes();
    try {
      if (!made.owner().equals(wanted.owner())) {
        target.setOwner(wanted.owner());
      }
      if (!made.group().equals(wanted.group())) {
        target.setGroup(wanted.group());
      }
      target.setPermissions(wanted.permissions());
    } catch (IOException e) {
      throw new IOException(
          "'"
              + from
              + "' belongs to "
              + wanted.owner().getName()
              + ":"
              + wanted.group().getName()
              + " with mode "
              + PosixFilePermissions.toString(wanted.permissions())
              + ", which cannot be kept by this user; it stays as it is",
          e);
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
