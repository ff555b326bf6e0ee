package io.stowage.core.query;

import java.util.List;

/** Candidates that are all known from the start. */
final class ListSource implements CandidateSource {

  private final List<Candidate> candidates;
  private int position;

  ListSource(List<Candidate> candidates) {
    this.candidates = candidates;
  }

  @Override
  public List<Candidate> next(int limit) {
    int end = Math.min(candidates.size(), position + limit);
    List<Candidate> next = candidates.subList(position, end);
    position = end;
    return next;
  }
}
