package io.stowage.core.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Items that are looked up, then those that entries name beside them. */
final class UnionSource implements CandidateSource {

  private final CandidateSource lookedUp;
  private final Set<String> ids;
  private final CandidateSource entries;

  UnionSource(CandidateSource lookedUp, List<String> ids, CandidateSource entries) {
    this.lookedUp = lookedUp;
    this.ids = new HashSet<>(ids);
    this.entries = entries;
  }

  @Override
  public List<Candidate> next(int limit) {
    List<Candidate> next = lookedUp.next(limit);
    while (next.isEmpty()) {
      List<Candidate> named = entries.next(limit);
      if (named.isEmpty()) {
        return named;
      }
      next = new ArrayList<>(named);
      next.removeIf(candidate -> ids.contains(candidate.id()));
    }
    return next;
  }

  @Override
  public List<Candidate> overtaken(long sinceMicros, boolean holdsPlaces) {
    return entries.overtaken(sinceMicros, holdsPlaces);
  }
}
