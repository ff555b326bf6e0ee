package io.stowage.adapter.redis.common.server;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisUri.Topology;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which rights a user lacks, by trying every command in a form that changes nothing on a
 * key that is not there. Servers have users of their own, so each is asked.
 */
final class RightsCheck {

  private final String keyPrefix;
  private final List<CommandRight> probed = new ArrayList<>();
  private final List<RedisCommand> commands = new ArrayList<>();
  private final Map<CommandRight, Set<String>> missing = new LinkedHashMap<>();
  private final Set<String> keysMissing = new TreeSet<>();

  /**
   * @param absentKey a key below the prefix that nobody uses
   */
  RightsCheck(String keyPrefix, String absentKey, Topology topology) {
    this.keyPrefix = keyPrefix;
    for (CommandRight right : CommandRights.of(topology)) {
      RedisCommand command = right.probeOf(absentKey);
      if (command != null) {
        probed.add(right);
        commands.add(command);
      }
    }
  }

  /** What to send. */
  List<RedisCommand> commands() {
    return commands;
  }

  /** Takes what a server answered. */
  void take(String address, List<Reply> replies) {
    boolean anyKeyAllowed = false;
    for (int i = 0; i < probed.size(); i++) {
      CommandRight right = probed.get(i);
      String refusal = refusal(replies.get(i));
      if (refusal == null) {
        anyKeyAllowed |= right.isKeyed();
      } else if (refusal.contains("to run the")) {
        missing.computeIfAbsent(right, r -> new TreeSet<>()).add(address);
      } else {
        keysMissing.add(address);
      }
    }
    if (!anyKeyAllowed) {
      keysMissing.add(address); // no command with a key got far enough to tell
    }
  }

  /** Why a command is not allowed; null if it is. */
  static @Nullable String refusal(Reply reply) {
    return reply instanceof Reply.Failure error && error.text().startsWith("NOPERM")
        ? error.text()
        : null;
  }

  /** The line that gives the user what the adapter needs; empty if it has all. */
  Optional<String> line(String user) {
    List<String> rules = new ArrayList<>();
    missing.keySet().stream()
        .filter(CommandRight::isNeeded)
        .forEach(right -> rules.add(right.rule()));
    if (!keysMissing.isEmpty()) {
      rules.add(CommandRights.keys(keyPrefix));
    }
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of("ACL SETUSER " + user + " " + String.join(" ", rules));
  }

  List<Problem> problems(String user) {
    List<Problem> problems = new ArrayList<>();
    line(user).ifPresent(line -> problems.add(new Problem(Severity.ERROR, lack(user, line))));
    missing.forEach(
        (right, addresses) -> {
          String without = right.without();
          if (without != null && !without.isEmpty()) {
            String text =
                "user '%s' may not run %s on %s: %s; %s allows it"
                    .formatted(user, right.title(), listed(addresses), without, right.rule());
            problems.add(new Problem(Severity.NOTE, text));
          }
        });
    return problems;
  }

  private String lack(String user, String line) {
    Set<String> addresses = new TreeSet<>(keysMissing);
    List<String> titles = new ArrayList<>();
    missing.forEach(
        (right, where) -> {
          if (right.isNeeded()) {
            titles.add(right.title());
            addresses.addAll(where);
          }
        });
    String what =
        titles.isEmpty()
            ? "use keys that begin with '" + keyPrefix + "'"
            : "run " + String.join(", ", titles);
    return "user '%s' may not %s on %s; run there: %s"
        .formatted(user, what, listed(addresses), line);
  }

  private static String listed(Set<String> addresses) {
    return String.join(", ", addresses);
  }
}
