package io.stowage.adapter.redis.common;

import java.util.ArrayList;
import java.util.List;

/** A call of a script on a key. */
final class ScriptCall {

  private static final byte[] ONE_KEY = {'1'};

  private final Script script;
  private final byte[] key;
  private final List<byte[]> args;

  ScriptCall(Script script, byte[] key, List<byte[]> args) {
    this.script = script;
    this.key = key;
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
    List<byte[]> all = new ArrayList<>(3 + args.size());
    all.add(what);
    all.add(ONE_KEY);
    all.add(key);
    all.addAll(args);
    return RedisCommand.of(name, key, all);
  }
}
