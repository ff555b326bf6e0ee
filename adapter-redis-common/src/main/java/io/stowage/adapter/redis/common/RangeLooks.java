package io.stowage.adapter.redis.common;

import io.stowage.spi.EntryRef;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Looks at several sorted sets again and again, each a moment of its own. What is as it was at the
 * look before is not sent again: the server compares a digest. Used by one thread.
 */
final class RangeLooks {

  private final ScriptRunner scripts;
  private final List<RangeRead> reads;
  private final AnswerWeight weight;
  private final List<byte[]> known;
  private final List<List<EntryRef>> last;

  RangeLooks(ScriptRunner scripts, List<RangeRead> reads, AnswerWeight weight) {
    this.scripts = scripts;
    this.reads = reads;
    this.weight = weight;
    this.known = new ArrayList<>(Collections.nCopies(reads.size(), Bytes.EMPTY));
    this.last = new ArrayList<>(Collections.nCopies(reads.size(), List.of()));
  }

  /** What all of them have now. */
  List<List<EntryRef>> next() {
    List<ScriptCall> calls = new ArrayList<>(reads.size());
    for (int i = 0; i < reads.size(); i++) {
      calls.add(call(reads.get(i), known.get(i)));
    }
    List<Reply> replies = scripts.read(calls);
    for (int i = 0; i < reads.size(); i++) {
      Reply part = Replies.array(replies.get(i)).get(0);
      if (!(part instanceof Reply.Nil)) {
        List<EntryRef> entries = reads.get(i).entries(part);
        weight.learn(1, RangeRead.weight(entries));
        known.set(i, digest(part));
        last.set(i, entries);
      }
    }
    return List.copyOf(last);
  }

  private ScriptCall call(RangeRead read, byte[] digest) {
    List<byte[]> args = new ArrayList<>(8);
    args.add(Bytes.decimal(read.limit()));
    args.addAll(read.args(digest));
    return new ScriptCall(Scripts.READ_ALL, read.key(), args).answeredBy(read.expected(weight));
  }

  /** As the server makes it: of all members and scores, one behind the other. */
  private static byte[] digest(Reply part) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      Replies.array(part).forEach(element -> digest.update(Replies.bytes(element)));
      return Bytes.ascii(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
