package io.stowage.spi;

import java.util.List;

/** The ability of a backend to intersect index terms where they are stored. */
public interface IntersectionPort {

  /**
   * The entries (id, version and score) that every one of several exact terms has, in the given
   * direction, all as of one moment of the call.
   *
   * @param terms two or more terms of exact indexes
   */
  List<EntryRef> intersect(List<IndexTerm> terms, Direction direction);
}
