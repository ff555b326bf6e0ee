package io.stowage.spi;

import io.stowage.api.IndexKind;

/**
 * A place in an index: one value of an exact or blind index, or the whole of a range index. Values
 * are short and well-formed, so that an adapter may use them in a key as they are.
 *
 * @param index the index's name
 * @param kind the index's kind
 * @param value the value, at most 256 bytes of UTF-8; empty for a range index
 */
public record IndexTerm(String index, IndexKind kind, String value) {

  public IndexTerm {
    if (kind == IndexKind.RANGE && !value.isEmpty()) {
      throw new IllegalArgumentException(
          "value of range index '" + index + "' is '" + value + "'; allowed is none");
    }
    if (value.length() > TermValue.MAX_BYTES) {
      throw new IllegalArgumentException(
          "value of index '"
              + index
              + "' has "
              + value.length()
              + " characters; allowed are "
              + TermValue.MAX_BYTES);
    }
  }

  /**
   * The term of a value.
   *
   * @param text the canonical text of the value, of any length; one that is longer than 256 bytes,
   *     not well-formed, or begins with {@code ~} is replaced by {@code ~} and its SHA-256
   */
  public static IndexTerm exact(String index, String text) {
    return new IndexTerm(index, IndexKind.EXACT, TermValue.of(text));
  }

  /** The term of a value that was taken from another term, such as one that an adapter stored. */
  public static IndexTerm stored(String index, IndexKind kind, String value) {
    return new IndexTerm(index, kind, value);
  }

  /**
   * The term of a value that is not shown.
   *
   * @param hash a keyed hash of the value, at most 256 characters of ASCII
   */
  public static IndexTerm blind(String index, String hash) {
    return new IndexTerm(index, IndexKind.BLIND, hash);
  }

  /** The term of a range index. */
  public static IndexTerm range(String index) {
    return new IndexTerm(index, IndexKind.RANGE, "");
  }
}
