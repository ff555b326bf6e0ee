package io.stowage.adapter.redis.common;

import java.util.ArrayList;
import java.util.List;

/** A call of a script on one key, or on several that one server has. */
final class ScriptCall {

  private final Script script;
  private final List<byte[]> keys;
  private final List<byte[]> args;
  private final long answer;

  ScriptCall(Script script, byte[] key, List<byte[]> args) {
    this(script, List.of(key), args);
  }

  /** The first key decides where the script runs. */
  ScriptCall(Script script, List<byte[]> keys, List<byte[]> args) {
    this.script = script;
    this.keys = keys;
    this.args = args;
    this.answer = 0;
  }

  private ScriptCall(ScriptCall call, long answer) {
    this.script = call.script;
    this.keys = call.keys;
    this.args = call.args;
    this.answer = answer;
  }

  /** The same, of which the answer will take about so many bytes. */
  ScriptCall answeredBy(long bytes) {
    return new ScriptCall(this, bytes);
  }

  Script script() {
    return script;
  }

  /** The short form, which a server refuses that does not know the script. */
  RedisCommand byDigest() {
    return command("EVALSHA", script.digest());
  }

  /** The long form, which makes the script known. */
  RedisCommand bySource() {
    return command("EVAL", script.source());
  }

  private RedisCommand command(String name, byte[] what) {
    List<byte[]> all = new ArrayList<>(2 + keys.size() + args.size());
    all.add(what);
    all.add(Bytes.decimal(keys.size()));
    all.addAll(keys);
    all.addAll(args);
    RedisCommand command = RedisCommand.of(name, keys.get(0), all);
    return answer == 0 ? command : command.answeredBy(answer);
  }
}
