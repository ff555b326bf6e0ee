package io.stowage.adapter.redis.common;

import io.stowage.api.Version;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.IndexEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds entries and commits records in one pipeline of one node: one round trip. The node runs all
 * additions before the first commit. An addition that it refuses cannot hold up the commits, so its
 * entries are added again if their records were stored nevertheless.
 */
final class StagedWrite {

  /** A record that was stored: the place of its entries. */
  private record Stored(String id, Version version) {}

  private final Pipeline pipeline;
  private final ScriptRunner scripts;
  private final IndexWrites writes;
  private final List<IndexWrites.Write> adds;
  private final List<Commit> commits;
  private final List<ScriptCall> calls;

  StagedWrite(
      Pipeline pipeline,
      IndexWrites writes,
      Commits format,
      List<IndexEntry> entries,
      List<Commit> commits) {
    this.pipeline = pipeline;
    this.scripts = new ScriptRunner(pipeline);
    this.writes = writes;
    this.adds = writes.adds(entries);
    this.commits = commits;
    this.calls = format.calls(commits);
  }

  /** What would be sent in the first round trip. */
  List<RedisCommand> commands() {
    List<RedisCommand> commands = new ArrayList<>(adds.size() + calls.size());
    adds.forEach(add -> commands.add(add.command()));
    calls.forEach(call -> commands.add(call.byDigest()));
    return commands;
  }

  /**
   * Sends it. Replicas confirm the entries with the commits, for they have both in this order;
   * entries of commits that were refused need no confirmation.
   */
  List<CommitResult> send(List<RedisCommand> commands) {
    Written written = pipeline.write(commands);
    List<Reply> replies = written.replies();
    List<Reply> added = replies.subList(0, adds.size());
    List<Reply> answered = replies.subList(adds.size(), replies.size());
    Written committed = scripts.makeKnown(calls, written.withReplies(answered));
    if (ReplyErrors.firstError(added) >= 0) {
      Written again = mend(added, committed.replies());
      committed = committed.and(again).withReplies(committed.replies());
    }
    scripts.check(calls, committed);
    if (calls.isEmpty()) {
      pipeline.confirm(written);
    }
    return Commits.results(commits, committed.replies());
  }

  /** Adds again the refused entries of stored records; throws if other entries were refused too. */
  private Written mend(List<Reply> added, List<Reply> committed) {
    Set<Stored> stored = stored(committed);
    List<IndexEntry> missing = new ArrayList<>();
    boolean othersRefused = false;
    for (int i = 0; i < added.size(); i++) {
      if (added.get(i) instanceof Reply.Failure) {
        for (IndexEntry entry : adds.get(i).entries()) {
          if (stored.contains(new Stored(entry.ref().id(), entry.ref().version()))) {
            missing.add(entry);
          } else {
            othersRefused = true;
          }
        }
      }
    }
    Written again = addAgain(missing);
    if (othersRefused) {
      int error = ReplyErrors.firstError(added);
      RedisCommand command = adds.get(error).command();
      Reply.Failure reply = (Reply.Failure) added.get(error);
      throw stored.isEmpty()
          ? ReplyErrors.notApplied(command, reply)
          : ReplyErrors.partlyApplied(command, reply);
    }
    return again;
  }

  private Set<Stored> stored(List<Reply> committed) {
    Set<Stored> stored = new HashSet<>();
    for (int i = 0; i < committed.size(); i++) {
      if (Commits.isApplied(committed.get(i))) {
        stored.add(new Stored(commits.get(i).id(), commits.get(i).version()));
      }
    }
    return stored;
  }

  private Written addAgain(List<IndexEntry> entries) {
    List<RedisCommand> again = IndexWrites.commands(writes.adds(entries));
    Written written;
    try {
      written = pipeline.write(again);
    } catch (AdapterException e) {
      throw missing(again.get(0), String.valueOf(e.getMessage()), e);
    }
    int error = ReplyErrors.firstError(written.replies());
    if (error >= 0) {
      throw missing(again.get(error), ((Reply.Failure) written.replies().get(error)).text(), null);
    }
    return written;
  }

  private static AdapterException missing(
      RedisCommand add, String why, @Nullable AdapterException cause) {
    return AdapterException.partlyRefused(
        "records were stored, but some of their index entries were not: " + add + ": " + why,
        cause);
  }
}
