package io.stowage.spi;

/** In which direction entries are read. */
public enum Direction {
  /** In the order of {@link EntryRef}. */
  ASCENDING,
  /** In the exactly reverse order. */
  DESCENDING
}
