package io.stowage.core.query;

import io.stowage.spi.IndexEntry;
import java.util.List;

/** Candidates that are all known from the start. */
final class ListSource implements CandidateSource {

  private final List<Candidate> candidates;
  private final Ties ties;
  private int position;

  ListSource(List<Candidate> candidates) {
    this(candidates, Ties.NONE);
  }

  /**
   * A source of candidates that come in order.
   *
   * @param ties which of them are yielded at once, even if there are more than were asked for
   */
  ListSource(List<Candidate> candidates, Ties ties) {
    this.candidates = candidates;
    this.ties = ties;
  }

  @Override
  public List<Candidate> next(int limit) {
    int end = (int) Math.min(candidates.size(), (long) position + limit);
    while (end > position && end < candidates.size() && isTie(end)) {
      end++;
    }
    List<Candidate> next = candidates.subList(position, end);
    position = end;
    return next;
  }

  private boolean isTie(int index) {
    IndexEntry next = candidates.get(index).entry();
    IndexEntry before = candidates.get(index - 1).entry();
    return next != null && before != null && ties.hold(before.ref(), next.ref());
  }
}
