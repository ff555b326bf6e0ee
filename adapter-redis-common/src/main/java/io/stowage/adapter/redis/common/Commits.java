package io.stowage.adapter.redis.common;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Precondition;
import io.stowage.spi.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns commits into calls of the commit script, and its answers into results. */
final class Commits {

  private static final byte[] ABSENT = {'-'};
  private static final byte[] AFTER = Bytes.ascii("PX");
  private static final byte[] AT = Bytes.ascii("PXAT");
  private static final byte[] KEEP = Bytes.ascii("KEEPTTL");
  private static final byte[] EXTEND = Bytes.ascii("EXTEND");

  /** More than a century: a sum with any version that stays exact in Lua. */
  private static final long MAX_GRACE_SECONDS = 1L << 32;

  private static final Status[] STATUSES = Status.values();

  private final Keys keys;
  private final AnswerWeight weight;

  /**
   * @param weight learns from what is written how large records are
   */
  Commits(Keys keys, AnswerWeight weight) {
    this.keys = keys;
    this.weight = weight;
  }

  List<ScriptCall> calls(List<Commit> commits) {
    List<ScriptCall> calls = new ArrayList<>(commits.size());
    weight.learn(commits.size(), commits.stream().mapToLong(c -> c.payload().length).sum());
    for (Commit commit : commits) {
      calls.add(new ScriptCall(Scripts.COMMIT, keys.item(commit.id()), args(commit)));
    }
    return calls;
  }

  /** The value, the precondition, until when it is new enough, and if it expires how and when. */
  static List<byte[]> args(Commit commit) {
    List<byte[]> args = new ArrayList<>(5);
    args.add(RecordFormat.encode(commit.id(), commit.version(), commit.payload()));
    args.add(required(commit.precondition()));
    args.add(Bytes.decimal(newEnoughUntil(commit)));
    switch (commit.expiry().kind()) {
      case NEVER -> {}
      case AFTER -> {
        args.add(AFTER);
        args.add(Bytes.decimal(commit.expiry().millis()));
      }
      case AT -> {
        args.add(AT);
        args.add(Bytes.decimal(commit.expiry().millis()));
      }
      case KEEP -> {
        args.add(KEEP);
        args.add(Bytes.EMPTY);
      }
      case EXTEND -> {
        args.add(EXTEND);
        args.add(Bytes.decimal(commit.expiry().millis()));
      }
    }
    return args;
  }

  /** The server's time in microseconds up to which the version is not too old. */
  private static long newEnoughUntil(Commit commit) {
    long graceSeconds = Math.min(commit.grace().toSeconds(), MAX_GRACE_SECONDS);
    return commit.version().micros()
        + TimeUnit.SECONDS.toMicros(graceSeconds)
        + commit.grace().toNanosPart() / 1_000;
  }

  private static byte[] required(Precondition precondition) {
    Version version = precondition.version();
    if (version != null) {
      return RecordFormat.versionBytes(version);
    }
    return precondition.kind() == Precondition.Kind.ABSENT ? ABSENT : Bytes.EMPTY;
  }

  /** Whether a commit was answered, and its record is stored. */
  static boolean isApplied(Reply reply) {
    return reply instanceof Reply.Array array && status(array.elements().get(0)) == Status.APPLIED;
  }

  static List<CommitResult> results(List<Commit> commits, List<Reply> replies) {
    List<CommitResult> results = new ArrayList<>(replies.size());
    for (int i = 0; i < replies.size(); i++) {
      List<Reply> parts = Replies.array(replies.get(i));
      List<Reply> answer = new ArrayList<>(3);
      answer.add(parts.get(0));
      answer.addAll(parts.subList(3, parts.size()));
      results.add(result(commits.get(i).id(), micros(parts), answer));
    }
    return results;
  }

  /** The server's time in an answer, whose second and third parts are seconds and microseconds. */
  static long micros(List<Reply> parts) {
    return Replies.decimal(parts.get(1)) * 1_000_000 + Replies.decimal(parts.get(2));
  }

  /** Of the ordinal of the status, the version found, and the value replaced if it is there. */
  static CommitResult result(String id, long micros, List<Reply> parts) {
    byte[] stored = Replies.bytes(parts.get(1));
    Version version = stored.length == 0 ? null : RecordFormat.versionAt(stored, 0);
    return new CommitResult(status(parts.get(0)), micros, version, answered(id, parts, 2));
  }

  /**
   * The payload in the value at a place of an answer; null if it is absent, damaged or too long.
   */
  static byte @Nullable [] answered(String id, List<Reply> parts, int place) {
    if (parts.size() <= place) {
      return null;
    }
    StoredRecord record = RecordFormat.decode(id, Replies.bytes(parts.get(place)));
    if (record == null
        || record.damage() != null
        || record.payload().length > CommitResult.MAX_PAYLOAD) {
      return null;
    }
    return record.payload();
  }

  private static Status status(Reply ordinal) {
    return STATUSES[(int) Replies.integer(ordinal)];
  }
}
