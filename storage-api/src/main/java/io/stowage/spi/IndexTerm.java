package io.stowage.spi;

import io.stowage.api.IndexKind;

/**
 * A place in an index: one value of an exact index, or the whole of a range index.
 *
 * @param index the index's name
 * @param kind the index's kind
 * @param value the canonical text of the value; empty for a range index
 */
public record IndexTerm(String index, IndexKind kind, String value) {

  public IndexTerm {
    if (kind == IndexKind.RANGE && !value.isEmpty()) {
      throw new IllegalArgumentException(
          "value of range index '" + index + "' is '" + value + "'; allowed is none");
    }
  }

  public static IndexTerm exact(String index, String value) {
    return new IndexTerm(index, IndexKind.EXACT, value);
  }

  public static IndexTerm range(String index) {
    return new IndexTerm(index, IndexKind.RANGE, "");
  }
}
