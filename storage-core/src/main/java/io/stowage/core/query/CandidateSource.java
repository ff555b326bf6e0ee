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
}
