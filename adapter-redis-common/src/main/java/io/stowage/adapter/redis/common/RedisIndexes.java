package io.stowage.adapter.redis.common;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.TermPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The index entries of one store: one sorted set for each value, or for each range index. */
final class RedisIndexes implements IndexPort {

  private final Pipeline pipeline;
  private final Keys keys;
  private final IndexWrites writes;
  private final IndexReads reads;

  RedisIndexes(Pipeline pipeline, Keys keys, IndexWrites writes, AnswerWeight weight) {
    this.pipeline = pipeline;
    this.reads = new IndexReads(pipeline, weight);
    this.keys = keys;
    this.writes = writes;
  }

  @Override
  public void add(List<IndexEntry> entries) {
    send(IndexWrites.commands(writes.adds(entries)));
  }

  @Override
  public void remove(List<IndexEntry> entries) {
    send(IndexWrites.commands(writes.removals(entries)));
  }

  private void send(List<RedisCommand> commands) {
    Written written = pipeline.write(commands);
    ReplyErrors.checkWrites(commands::get, written.replies());
    pipeline.confirm(written);
  }

  @Override
  public List<EntryRef> read(
      IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
    if (limit <= 0) {
      pipeline.checkOpen();
      return List.of();
    }
    return reads.one(rangeRead(new IndexRead(range, direction, after, limit)));
  }

  private RangeRead rangeRead(IndexRead read) {
    return new RangeRead(Bytes.utf8(keys.term(read.range().term())), read);
  }

  /**
   * One round trip where one server has all ranges and their entries are not too many, and all as
   * of one moment; else two or more.
   */
  @Override
  public List<List<EntryRef>> readAll(List<IndexRead> batch) {
    return reads.all(batch.stream().map(this::rangeRead).toList(), batch);
  }

  @Override
  public List<Long> sizes(List<IndexRange> ranges) {
    List<RedisCommand> commands = new ArrayList<>(ranges.size());
    for (IndexRange range : ranges) {
      byte[] key = Bytes.utf8(keys.term(range.term()));
      commands.add(
          range.equals(IndexRange.all(range.term()))
              ? RedisCommand.onKey("ZCARD", key)
              : RedisCommand.of(
                  "ZCOUNT", key, List.of(key, Bytes.score(range.min()), Bytes.score(range.max()))));
    }
    return pipeline.read(commands).stream().map(Replies::integer).toList();
  }

  @Override
  public List<@Nullable Double> scores(List<IndexEntry> entries) {
    List<RedisCommand> commands = new ArrayList<>(entries.size());
    for (IndexEntry entry : entries) {
      byte[] key = Bytes.utf8(keys.term(entry.term()));
      byte[] member = EntryMember.encode(entry.ref().id(), entry.ref().version());
      commands.add(RedisCommand.of("ZSCORE", key, List.of(key, member)));
    }
    List<@Nullable Double> scores = new ArrayList<>(entries.size());
    for (Reply score : pipeline.read(commands)) {
      scores.add(score instanceof Reply.Nil ? null : Replies.score(score));
    }
    return scores;
  }

  /** One scan over all keys, whatever kind of index. */
  @Override
  public TermPage terms(String from, int hint) {
    KeyPage page = pipeline.scan(from, keys.termPattern(), hint);
    List<IndexTerm> terms = new ArrayList<>(page.keys().size());
    for (byte[] key : page.keys()) {
      IndexTerm term = keys.term(key);
      if (term != null) {
        terms.add(term);
      }
    }
    return new TermPage(terms, page.next());
  }
}
