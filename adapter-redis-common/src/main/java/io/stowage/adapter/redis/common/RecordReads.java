package io.stowage.adapter.redis.common;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the values of records, whose sizes nobody knows before, in parts of bounded weight: how
 * many records a part has follows from what the part before it weighed.
 */
final class RecordReads {

  /** About what the answer to one part weighs. */
  static final long PART_BYTES = 4L << 20;

  /** A command of more keys would hold up the server's other clients. */
  private static final int MAX_KEYS = 1_000;

  /** A part has so many times the records of the one before it at most. */
  private static final int GROWTH = 8;

  private final Pipeline pipeline;
  private final AnswerWeight weight;

  RecordReads(Pipeline pipeline, AnswerWeight weight) {
    this.pipeline = pipeline;
    this.weight = weight;
  }

  /** The values at keys, in their order. */
  List<Reply> values(List<byte[]> keys) {
    pipeline.checkOpen();
    List<Reply> values = new ArrayList<>(keys.size());
    long each = weight.expected();
    long count = Math.max(1, PART_BYTES / each);
    while (values.size() < keys.size()) {
      int from = values.size();
      int to = (int) Math.min(keys.size(), from + count);
      List<Reply> part = read(keys.subList(from, to), each);
      values.addAll(part);
      long found = part.stream().filter(Reply.Bulk.class::isInstance).count();
      long bytes = part.stream().mapToLong(RecordReads::bytes).sum();
      weight.learn(found, bytes);
      each = found == 0 ? each : Math.max(1, bytes / found);
      count = Math.max(1, Math.min(count * GROWTH, PART_BYTES / each));
    }
    return values;
  }

  private static long bytes(Reply reply) {
    return reply instanceof Reply.Bulk bulk ? bulk.bytes().length : 0;
  }

  /** One MGET where one node serves all keys, else one GET for each. */
  private List<Reply> read(List<byte[]> keys, long each) {
    if (!pipeline.isSingleNode()) {
      return pipeline.read(
          keys.stream().map(key -> RedisCommand.onKey("GET", key).answeredBy(each)).toList());
    }
    List<RedisCommand> commands = new ArrayList<>(1);
    for (int from = 0; from < keys.size(); from += MAX_KEYS) {
      List<byte[]> some = keys.subList(from, Math.min(from + MAX_KEYS, keys.size()));
      commands.add(RedisCommand.of("MGET", some.get(0), some).answeredBy(each * some.size()));
    }
    List<Reply> values = new ArrayList<>(keys.size());
    pipeline.read(commands).forEach(some -> values.addAll(Replies.array(some)));
    return values;
  }
}
