package io.stowage.adapter.redis.common;

import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexRead;
import io.stowage.spi.RepeatedReads;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads index entries in order. A part from the first entry on is one plain command; one that
 * begins behind a place is a script, which finds the place. Several parts that one server has are
 * read by one script, as of one moment; else each is a script of its own, and all are looked at
 * again until no other item is found.
 */
final class IndexReads {

  /** A script that reads more would hold up the server's other clients. */
  static final int MAX_ENTRIES = 50_000;

  private static final int MAX_PARTS = 8_192;

  private final Pipeline pipeline;
  private final ScriptRunner scripts;
  private final AnswerWeight weight;

  IndexReads(Pipeline pipeline, AnswerWeight weight) {
    this.pipeline = pipeline;
    this.scripts = new ScriptRunner(pipeline);
    this.weight = weight;
  }

  List<EntryRef> one(RangeRead read) {
    pipeline.checkOpen();
    if (read.isEmpty()) {
      return List.of();
    }
    Reply reply =
        read.isFromFirst()
            ? pipeline.read(read.command().answeredBy(read.expected(weight)))
            : Replies.array(scripts.read(call(List.of(read), read.limit()))).get(0);
    List<EntryRef> entries = read.entries(reply);
    weight.learn(1, RangeRead.weight(entries));
    return entries;
  }

  /**
   * Several reads at once.
   *
   * @param asked the same reads, as they were asked for
   */
  List<List<EntryRef>> all(List<RangeRead> reads, List<IndexRead> asked) {
    pipeline.checkOpen();
    if (reads.size() < 2) {
      return reads.stream().map(this::one).toList();
    }
    boolean areTogether =
        reads.size() <= MAX_PARTS
            && pipeline.servesTogether(reads.stream().map(RangeRead::key).toList());
    Reply together = areTogether ? scripts.read(call(reads, MAX_ENTRIES)) : Reply.NIL;
    if (together instanceof Reply.Nil) {
      return RepeatedReads.untilNothingNew(asked, new RangeLooks(scripts, reads, weight)::next);
    }
    List<Reply> parts = Replies.array(together);
    List<List<EntryRef>> answers = new ArrayList<>(reads.size());
    long bytes = 0;
    for (int i = 0; i < reads.size(); i++) {
      List<EntryRef> entries = reads.get(i).entries(parts.get(i));
      bytes += RangeRead.weight(entries);
      answers.add(entries);
    }
    weight.learn(reads.size(), bytes);
    return answers;
  }

  private ScriptCall call(List<RangeRead> reads, int maxEntries) {
    List<byte[]> args = new ArrayList<>(1 + 7 * reads.size());
    args.add(Bytes.decimal(maxEntries));
    reads.forEach(read -> args.addAll(read.args(Bytes.EMPTY)));
    long expected = reads.stream().mapToLong(read -> read.expected(weight)).sum();
    return new ScriptCall(Scripts.READ_ALL, reads.stream().map(RangeRead::key).toList(), args)
        .answeredBy(expected);
  }
}
