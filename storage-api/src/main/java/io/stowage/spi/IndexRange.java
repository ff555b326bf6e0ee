package io.stowage.spi;

/**
 * The entries of a term whose scores lie between two bounds, both included.
 *
 * @param term the term
 * @param min the least score; may be negative infinity
 * @param max the greatest score; may be infinity
 */
public record IndexRange(IndexTerm term, double min, double max) {

  public IndexRange {
    if (Double.isNaN(min) || Double.isNaN(max)) {
      throw new IllegalArgumentException(
          "bounds are " + min + " and " + max + "; allowed are all doubles but NaN");
    }
  }

  /** Every entry of a term. */
  public static IndexRange all(IndexTerm term) {
    return new IndexRange(term, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }
}
