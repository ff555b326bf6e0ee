package io.stowage.adapter.redis.common;

import java.util.ArrayList;
import java.util.List;

/** A call of a script on one key, or on several that one server has. */
final class ScriptCall {

  private final Script script;
  private final List<byte[]> keys;
  private final List<byte[]> args;

  ScriptCall(Script script, byte[] key, List<byte[]> args) {
    this(script, List.of(key), args);
  }

  /** The first key decides where the script runs. */
  ScriptCall(Script script, List<byte[]> keys, List<byte[]> args) {
    this.script = script;
    this.keys = keys;
    this.args = args;
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
    return RedisCommand.of(name, keys.get(0), all);
  }
}
