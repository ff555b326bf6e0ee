package io.stowage.adapter.redis.common.server;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisUri.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command that must be allowed, and a form of it that changes nothing, to see whether it is. A
 * server looks at the number of arguments first, and then at the rights, before anything else.
 *
 * @param command the command in small letters, with its subcommand as in {@code client|setname}
 * @param topologies where it is used
 * @param isKeyed whether it has a key
 * @param probe the arguments that follow the command in the form that changes nothing; null if
 *     there is no such form
 * @param without what is lost without the right, in words; null if the adapter needs it, empty if
 *     nothing is
 */
record CommandRight(
    String command,
    Set<Topology> topologies,
    boolean isKeyed,
    @Nullable List<String> probe,
    @Nullable String without) {

  static CommandRight onKey(String command, Set<Topology> topologies, String... probe) {
    return new CommandRight(command, topologies, true, List.of(probe), null);
  }

  static CommandRight keyless(String command, Set<Topology> topologies, String... probe) {
    return new CommandRight(command, topologies, false, List.of(probe), null);
  }

  /** One that is sent when a connection is made: whether it is allowed shows there. */
  static CommandRight unprobed(String command, Set<Topology> topologies) {
    return new CommandRight(command, topologies, false, null, null);
  }

  static CommandRight optional(String command, String without, String... probe) {
    return new CommandRight(command, EnumSet.allOf(Topology.class), false, List.of(probe), without);
  }

  boolean isNeeded() {
    return without == null;
  }

  /** The rule that allows it. */
  String rule() {
    return "+" + command;
  }

  /** The command as it is typed, in capital letters. */
  String title() {
    return command.replace('|', ' ').toUpperCase(Locale.ROOT);
  }

  /** The command to look with; null if there is none. It goes to a server whatever that serves. */
  @Nullable RedisCommand probeOf(String key) {
    if (probe == null) {
      return null;
    }
    String[] words = title().split(" ", -1);
    List<byte[]> args = new ArrayList<>(probe.size() + 1);
    for (int i = 1; i < words.length; i++) {
      args.add(words[i].getBytes(StandardCharsets.US_ASCII));
    }
    for (String arg : probe) {
      args.add((arg.equals(CommandRights.KEY) ? key : arg).getBytes(StandardCharsets.UTF_8));
    }
    return RedisCommand.keyless(words[0], args.toArray(byte[][]::new));
  }
}
