package io.stowage.adapter.redis.common;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command to be sent, and the one key by which it is routed. The arrays must not be changed. */
public final class RedisCommand {

  /** What most answers take at most. */
  private static final long SMALL = 64;

  private final String name;
  private final byte @Nullable [] key;
  private final List<byte[]> args;
  private final long answer;

  private RedisCommand(String name, byte @Nullable [] key, List<byte[]> args, long answer) {
    this.name = name;
    this.key = key;
    this.args = args;
    this.answer = answer;
  }

  /** A command that any node can answer. */
  public static RedisCommand keyless(String name, byte[]... args) {
    return new RedisCommand(name, null, List.of(args), SMALL);
  }

  /**
   * A command of one key.
   *
   * @param args all arguments, the key among them
   */
  public static RedisCommand of(String name, byte[] key, List<byte[]> args) {
    return new RedisCommand(name, key, args, SMALL);
  }

  /** A command whose first argument is its key. */
  public static RedisCommand onKey(String name, byte[] key) {
    return new RedisCommand(name, key, List.of(key), SMALL);
  }

  /** The same, of which the answer will take about so many bytes. */
  public RedisCommand answeredBy(long bytes) {
    return new RedisCommand(name, key, args, bytes);
  }

  /** The command's name in capital letters. */
  public String name() {
    return name;
  }

  /** The key that decides which node serves the command; null if any node does. */
  public byte @Nullable [] key() {
    return key;
  }

  /** All that follows the name, in the order in which it is sent. */
  public List<byte[]> args() {
    return args;
  }

  /** About how many bytes the command takes on the wire. */
  public long size() {
    long size = name.length();
    for (byte[] arg : args) {
      size += arg.length + 16;
    }
    return size;
  }

  /** About how many bytes the command and its answer take on the wire. */
  public long weight() {
    return size() + answer;
  }

  /** The name and the key, as messages show them. */
  @Override
  public String toString() {
    if (key == null) {
      return name;
    }
    String text = new String(key, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    return name + " of key '" + (text.length() > 200 ? text.substring(0, 200) + "..." : text) + "'";
  }
}
