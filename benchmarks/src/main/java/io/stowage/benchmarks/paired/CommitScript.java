package io.stowage.benchmarks.paired;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A copy of the script by which the library commits records, so that both sides have the server do
 * the same. {@link DataCheck} refuses a copy that is not what the library sends.
 */
final class CommitScript {

  /** The first element of the answer to a commit that was applied. */
  static final long APPLIED = 0;

  /** Where the answer has the value that was replaced, if it has one. */
  static final int REPLACED = 4;

  private CommitScript() {}

  static byte[] source() {
    try (InputStream resource = CommitScript.class.getResourceAsStream("commit.lua")) {
      return Objects.requireNonNull(resource, "commit.lua is missing").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
