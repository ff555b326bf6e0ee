package io.stowage.adapter.redis.common;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One read of a sorted set, as a command or as a part of {@link Scripts#READ_ALL} says it. */
final class RangeRead {

  /** About what an entry takes: a member with its id and version, and its score. */
  private static final long ENTRY_BYTES = 64;

  private static final byte[] BY_SCORE = Bytes.ascii("BYSCORE");
  private static final byte[] REVERSE = Bytes.ascii("REV");
  private static final byte[] LIMIT = Bytes.ascii("LIMIT");
  private static final byte[] WITH_SCORES = Bytes.ascii("WITHSCORES");
  private static final byte[] ZERO = {'0'};

  private final byte[] key;
  private final IndexRange range;
  private final boolean descends;
  private final @Nullable EntryRef behind;
  private final int limit;

  RangeRead(byte[] key, IndexRead read) {
    this.key = key;
    this.range = read.range();
    this.descends = read.direction() == Direction.DESCENDING;
    EntryRef after = read.after();
    boolean isBeyond =
        after != null && (descends ? after.score() < range.min() : after.score() > range.max());
    boolean isBefore =
        after != null && (descends ? after.score() > range.max() : after.score() < range.min());
    this.behind = isBefore || isBeyond ? null : after;
    this.limit = isBeyond ? 0 : read.limit();
  }

  byte[] key() {
    return key;
  }

  boolean isFromFirst() {
    return behind == null;
  }

  /** Whether nothing can be there to be read. */
  boolean isEmpty() {
    return limit == 0;
  }

  int limit() {
    return limit;
  }

  /** About how many bytes an answer takes, if the last ones took so many. */
  long expected(AnswerWeight weight) {
    return Math.min(Math.max(1, limit) * ENTRY_BYTES, weight.expected());
  }

  static long weight(List<EntryRef> entries) {
    return ENTRY_BYTES * entries.size();
  }

  /** The command that reads from the first entry on. */
  RedisCommand command() {
    boolean isWhole =
        range.min() == Double.NEGATIVE_INFINITY && range.max() == Double.POSITIVE_INFINITY;
    List<byte[]> args = new ArrayList<>(9);
    args.add(key);
    if (isWhole) {
      args.add(ZERO);
      args.add(Bytes.decimal(limit - 1L));
    } else {
      args.add(Bytes.score(descends ? range.max() : range.min()));
      args.add(Bytes.score(descends ? range.min() : range.max()));
      args.add(BY_SCORE);
    }
    if (descends) {
      args.add(REVERSE);
    }
    if (!isWhole) {
      args.add(LIMIT);
      args.add(ZERO);
      args.add(Bytes.decimal(limit));
    }
    args.add(WITH_SCORES);
    return RedisCommand.of("ZRANGE", key, args);
  }

  /**
   * The arguments of the script.
   *
   * @param known the digest of an answer that need not be given again; or empty
   */
  List<byte[]> args(byte[] known) {
    List<byte[]> args = new ArrayList<>(7);
    args.add(Bytes.score(range.min()));
    args.add(Bytes.score(range.max()));
    args.add(Bytes.decimal(limit));
    args.add(descends ? REVERSE : Bytes.EMPTY);
    EntryRef place = behind;
    args.add(place == null ? Bytes.EMPTY : EntryMember.encode(place.id(), place.version()));
    args.add(place == null ? Bytes.EMPTY : Bytes.score(place.score()));
    args.add(known);
    return args;
  }

  /** The entries of an answer: members and scores by turns. */
  List<EntryRef> entries(Reply reply) {
    List<EntryRef> entries = entriesIn(reply);
    entries.removeIf(entry -> entry.score() < range.min() || entry.score() > range.max());
    return entries;
  }

  /** Members and scores by turns, as a list that may be changed. */
  static List<EntryRef> entriesIn(Reply reply) {
    List<Reply> parts = Replies.array(reply);
    List<EntryRef> entries = new ArrayList<>(parts.size() / 2);
    for (int i = 0; i < parts.size(); i += 2) {
      entries.add(EntryMember.decode(Replies.bytes(parts.get(i)), Replies.score(parts.get(i + 1))));
    }
    return entries;
  }
}
