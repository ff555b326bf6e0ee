package io.stowage.spi;

import java.util.regex.Pattern;

/** Checks the names of blobs, the same on every adapter. */
public final class BlobNames {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  private BlobNames() {}

  /**
   * Answers the name if it is one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static String check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "blob name is '"
              + name
              + "'; allowed are 1 to 64 lower-case letters, digits and hyphens");
    }
    return name;
  }
}
