package io.stowage.adapter.redis.common;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Intersections by the one node that has all keys: one round trip. */
final class RedisIntersections implements IntersectionPort {

  private final Pipeline pipeline;
  private final Keys keys;
  private final AnswerWeight weight;

  RedisIntersections(Pipeline pipeline, Keys keys, AnswerWeight weight) {
    this.weight = weight;
    this.pipeline = pipeline;
    this.keys = keys;
  }

  @Override
  public List<EntryRef> intersect(List<IndexTerm> terms, Direction direction) {
    if (terms.size() < 2) {
      throw new IllegalArgumentException(
          terms.size() + " terms are given; allowed are two or more");
    }
    List<byte[]> args = new ArrayList<>(terms.size() + 4);
    args.add(Bytes.decimal(terms.size()));
    for (IndexTerm term : terms) {
      args.add(Bytes.utf8(keys.term(term)));
    }
    args.add(Bytes.ascii("AGGREGATE"));
    args.add(Bytes.ascii("MAX"));
    args.add(Bytes.ascii("WITHSCORES"));
    RedisCommand command =
        RedisCommand.of("ZINTER", args.get(1), args).answeredBy(weight.expected());
    List<EntryRef> entries = RangeRead.entriesIn(pipeline.read(command));
    weight.learn(1, RangeRead.weight(entries));
    if (direction == Direction.DESCENDING) {
      Collections.reverse(entries);
    }
    return entries;
  }
}
