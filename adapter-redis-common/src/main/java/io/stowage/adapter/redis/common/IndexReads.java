package io.stowage.adapter.redis.common;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of a sorted set in order. The first part is one plain command. A later part begins
 * behind a member: the server knows its rank, so ties cost nothing. Only if that member is gone the
 * part is found by its score: all entries of that score are read then, each attempt in one command,
 * so that nothing is missed whatever else is written meanwhile.
 */
final class IndexReads {

  private static final byte[] BY_SCORE = Bytes.ascii("BYSCORE");
  private static final byte[] REVERSE = Bytes.ascii("REV");
  private static final byte[] LIMIT = Bytes.ascii("LIMIT");
  private static final byte[] WITH_SCORES = Bytes.ascii("WITHSCORES");
  private static final byte[] ZERO = {'0'};

  /** About what an entry takes: a member with its id and version, and its score. */
  static final long ENTRY_BYTES = 64;

  /** How many entries of the score of a missing member are expected before its place. */
  private static final int EXPECTED_TIES = 64;

  private final Pipeline pipeline;
  private final byte[] key;
  private final IndexRange range;
  private final Direction direction;
  private final AnswerWeight weight;

  IndexReads(
      Pipeline pipeline, byte[] key, IndexRange range, Direction direction, AnswerWeight weight) {
    this.weight = weight;
    this.pipeline = pipeline;
    this.key = key;
    this.range = range;
    this.direction = direction;
  }

  List<EntryRef> first(int limit) {
    return learnedFrom(entries(pipeline.read(fromFirst(limit))));
  }

  /** The command that reads from the first entry on. */
  RedisCommand fromFirst(int limit) {
    return plain(range.min(), range.max(), limit);
  }

  /** What was read, whose weight is known now. */
  List<EntryRef> learnedFrom(List<EntryRef> entries) {
    weight.learn(1, ENTRY_BYTES * entries.size());
    return entries;
  }

  List<EntryRef> after(EntryRef after, int limit) {
    boolean ascending = direction == Direction.ASCENDING;
    if (ascending ? after.score() < range.min() : after.score() > range.max()) {
      return first(limit);
    }
    if (ascending ? after.score() > range.max() : after.score() < range.min()) {
      pipeline.checkOpen();
      return List.of();
    }
    List<EntryRef> behind = behindMember(after, limit);
    return behind != null ? behind : behindScore(after, limit);
  }

  /** The entries behind one that is there; null if it is not. */
  private @Nullable List<EntryRef> behindMember(EntryRef after, int limit) {
    List<byte[]> args = new ArrayList<>(4);
    args.add(EntryMember.encode(after.id(), after.version()));
    args.add(Bytes.score(after.score()));
    args.add(Bytes.decimal(limit));
    if (direction == Direction.DESCENDING) {
      args.add(REVERSE);
    }
    ScriptCall call = new ScriptCall(Scripts.READ_AFTER, key, args).answeredBy(expected(limit));
    Reply reply = new ScriptRunner(pipeline).read(call);
    if (reply instanceof Reply.Nil) {
      return null;
    }
    List<EntryRef> entries = learnedFrom(entries(reply));
    entries.removeIf(entry -> entry.score() < range.min() || entry.score() > range.max());
    return entries;
  }

  private List<EntryRef> behindScore(EntryRef after, int limit) {
    boolean ascending = direction == Direction.ASCENDING;
    double min = ascending ? after.score() : range.min();
    double max = ascending ? range.max() : after.score();
    Comparator<EntryRef> order = ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
    long count = (long) limit + EXPECTED_TIES;
    while (true) {
      List<EntryRef> entries = entries(pipeline.read(plain(min, max, count)));
      boolean complete = entries.size() < count;
      entries.removeIf(entry -> order.compare(entry, after) <= 0);
      if (entries.size() >= limit) {
        return entries.subList(0, limit);
      }
      if (complete) {
        return entries;
      }
      count *= 4;
    }
  }

  private RedisCommand plain(double min, double max, long count) {
    boolean descending = direction == Direction.DESCENDING;
    boolean unbounded = min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY;
    List<byte[]> args = new ArrayList<>(9);
    args.add(key);
    if (unbounded) {
      args.add(ZERO);
      args.add(Bytes.decimal(count - 1));
    } else {
      args.add(Bytes.score(descending ? max : min));
      args.add(Bytes.score(descending ? min : max));
      args.add(BY_SCORE);
    }
    if (descending) {
      args.add(REVERSE);
    }
    if (!unbounded) {
      args.add(LIMIT);
      args.add(ZERO);
      args.add(Bytes.decimal(count));
    }
    args.add(WITH_SCORES);
    return RedisCommand.of("ZRANGE", key, args).answeredBy(expected(count));
  }

  private long expected(long count) {
    return Math.min(count * ENTRY_BYTES, weight.expected());
  }

  /** Members and scores by turns, as a list that may be changed. */
  static List<EntryRef> entries(Reply reply) {
    List<Reply> parts = Replies.array(reply);
    List<EntryRef> entries = new ArrayList<>(parts.size() / 2);
    for (int i = 0; i < parts.size(); i += 2) {
      entries.add(EntryMember.decode(Replies.bytes(parts.get(i)), Replies.score(parts.get(i + 1))));
    }
    return entries;
  }
}
