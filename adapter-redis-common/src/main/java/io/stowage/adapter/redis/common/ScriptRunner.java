package io.stowage.adapter.redis.common;

import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls scripts. A call that a server refuses because it does not know the script yet is sent again
 * with its source, in one more round trip.
 */
final class ScriptRunner {

  private final Pipeline pipeline;

  ScriptRunner(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Calls scripts; throws as {@link #check} does. */
  List<Reply> run(List<ScriptCall> calls) {
    Written written =
        makeKnown(calls, pipeline.write(calls.stream().map(ScriptCall::byDigest).toList()));
    check(calls, written);
    return written.replies();
  }

  Reply run(ScriptCall call) {
    return run(List.of(call)).get(0);
  }

  /** Calls a script that changes nothing, where the pipeline's reads go. */
  Reply read(ScriptCall call) {
    return read(List.of(call)).get(0);
  }

  /** As {@link #read(ScriptCall)} for several calls at once. */
  List<Reply> read(List<ScriptCall> calls) {
    List<RedisCommand> commands = calls.stream().map(ScriptCall::byDigest).toList();
    List<Reply> replies = new ArrayList<>(pipeline.ask(commands));
    List<Integer> unknown = unknown(replies);
    if (!unknown.isEmpty()) {
      List<Reply> again =
          pipeline.ask(unknown.stream().map(calls::get).map(ScriptCall::bySource).toList());
      for (int i = 0; i < unknown.size(); i++) {
        replies.set(unknown.get(i), again.get(i));
      }
    }
    ReplyErrors.checkReads(commands, replies);
    return replies;
  }

  /** The places of the calls that were refused for an unknown script. */
  private static List<Integer> unknown(List<Reply> replies) {
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      if (ReplyErrors.isNoScript(replies.get(i))) {
        unknown.add(i);
      }
    }
    return unknown;
  }

  /** Sends again, with their source, the calls that were refused for an unknown script. */
  Written makeKnown(List<ScriptCall> calls, Written written) {
    List<Reply> replies = written.replies();
    List<Integer> unknown = unknown(replies);
    if (unknown.isEmpty()) {
      return written;
    }
    Written again;
    try {
      again = pipeline.write(again(unknown.stream().map(calls::get).toList()));
    } catch (AdapterException e) {
      throw unknown.size() == calls.size() ? e : e.afterAnotherPart();
    }
    List<Reply> complete = new ArrayList<>(replies);
    for (int i = 0; i < unknown.size(); i++) {
      complete.set(unknown.get(i), again.replies().get(i));
    }
    return written.and(again).withReplies(complete);
  }

  /** On one node the first call of a script makes it known to the next. */
  private List<RedisCommand> again(List<ScriptCall> calls) {
    Set<Script> known = new HashSet<>();
    List<RedisCommand> commands = new ArrayList<>(calls.size());
    for (ScriptCall call : calls) {
      boolean bySource = known.add(call.script()) || !pipeline.isSingleNode();
      commands.add(bySource ? call.bySource() : call.byDigest());
    }
    return commands;
  }

  /**
   * Throws if a call was refused, or if something was changed that too few replicas confirm. Where
   * nothing was changed there is nothing to confirm.
   */
  void check(List<ScriptCall> calls, Written written) {
    List<Reply> replies = written.replies();
    boolean anyChanged = false;
    for (int i = 0; i < replies.size(); i++) {
      anyChanged |= calls.get(i).script().hasChanged(replies.get(i));
    }
    int error = ReplyErrors.firstError(replies);
    if (error >= 0) {
      RedisCommand command = calls.get(error).byDigest();
      Reply.Failure reply = (Reply.Failure) replies.get(error);
      throw anyChanged
          ? ReplyErrors.partlyApplied(command, reply)
          : ReplyErrors.notApplied(command, reply);
    }
    if (anyChanged) {
      pipeline.confirm(written);
    }
  }
}
