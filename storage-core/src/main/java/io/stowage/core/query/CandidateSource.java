package io.stowage.core.query;

import java.util.List;

/** Yields the candidates of one query, each once. Used by one thread. */
interface CandidateSource {

  /**
   * The next candidates.
   *
   * @param limit how many at most; 1 or more
   * @return none if there are no more
   */
  List<Candidate> next(int limit);

  /**
   * Candidates that were written since a time and lie now where this source has been already, if it
   * has read at several moments. What they were before may have been removed before it got there.
   *
   * @param holdsPlaces whether an item keeps its place, so that it can only have moved from one
   *     range to another
   */
  default List<Candidate> overtaken(long sinceMicros, boolean holdsPlaces) {
    return List.of();
  }
}
