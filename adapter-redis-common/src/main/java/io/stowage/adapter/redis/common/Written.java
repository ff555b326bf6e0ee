package io.stowage.adapter.redis.common;

import io.stowage.adapter.redis.common.RedisConnection.Confirmed;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of commands that write.
 *
 * @param replies their answers
 * @param confirmedBy how many replicas have all that was written, at least; no bound if nothing was
 */
record Written(List<Reply> replies, int confirmedBy) {

  static final Written NOTHING = new Written(List.of(), Integer.MAX_VALUE);

  /**
   * Of one batch. One that was refused as a whole wrote nothing, so what its {@code WAIT} says is
   * about other writes.
   */
  static Written of(Confirmed answer) {
    boolean anyApplied = answer.replies().stream().anyMatch(r -> !(r instanceof Reply.Failure));
    return new Written(answer.replies(), anyApplied ? answer.replicas() : Integer.MAX_VALUE);
  }

  /** This, and then more. */
  Written and(Written more) {
    List<Reply> all = new ArrayList<>(replies);
    all.addAll(more.replies);
    return new Written(all, Math.min(confirmedBy, more.confirmedBy));
  }

  /** The same writes, seen as these answers. */
  Written withReplies(List<Reply> others) {
    return new Written(others, confirmedBy);
  }
}
