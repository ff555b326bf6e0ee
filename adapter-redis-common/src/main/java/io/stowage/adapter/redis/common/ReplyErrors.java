package io.stowage.adapter.redis.common;

import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.spi.AdapterException;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What errors of the server mean. An error of the server always means: this was not applied. */
public final class ReplyErrors {

  /** States of the server that pass. */
  private static final Set<String> TRANSIENT =
      Set.of(
          "LOADING",
          "BUSY",
          "TRYAGAIN",
          "CLUSTERDOWN",
          "MASTERDOWN",
          "READONLY",
          "OOM",
          "MISCONF",
          "NOSCRIPT",
          "NOREPLICAS",
          "UNBLOCKED",
          "UNREACHABLE");

  /**
   * States in which a server, or another in its place, serves the key a moment later. A command
   * that waits is unblocked when its server becomes a replica.
   */
  private static final Set<String> PASSING_SOON =
      Set.of("LOADING", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "READONLY", "UNBLOCKED");

  private static final Set<String> CREDENTIALS = Set.of("NOAUTH", "WRONGPASS");

  /** Redis 6.2 wraps an error within a script: {@code ERR Error running script ...: -OOM ...}. */
  private static final Pattern WITHIN_SCRIPT = Pattern.compile("^ERR Error running.*? -([A-Z]+) ");

  private static final Pattern CODE = Pattern.compile("^-?([A-Z]+)\\b");

  private ReplyErrors() {}

  /**
   * The failure to tell when the server answers the first commands of a connection, which log in
   * and choose the database, with an error.
   */
  public static AdapterException onConnect(
      ServerAddress address, String error, @Nullable Throwable cause) {
    String where = "Redis at " + address;
    if (isTransient(error) || error.contains("max number of clients")) {
      return AdapterException.unavailable(where + " is not ready: " + error, cause);
    }
    if (CREDENTIALS.contains(code(error)) || error.contains("AUTH")) {
      return AdapterException.refused(where + " refused the credentials: " + error, cause);
    }
    return AdapterException.refused(where + " refused the connection: " + error, cause);
  }

  /**
   * Whether the same command may succeed a moment later, there or at another server. It was not
   * applied.
   */
  public static boolean passesSoon(String error) {
    return PASSING_SOON.contains(code(error));
  }

  /** The answer to a command that could not be sent, in a batch of which others were. */
  public static Reply notSent(@Nullable AdapterException reason) {
    return new Reply.Failure(
        "UNREACHABLE " + (reason == null ? "it was not sent" : reason.getMessage()));
  }

  static boolean isNoScript(Reply reply) {
    return reply instanceof Reply.Failure error && code(error.text()).equals("NOSCRIPT");
  }

  /** Throws if a command that changes nothing was answered with an error. */
  public static void checkReads(List<RedisCommand> commands, List<Reply> replies) {
    int error = firstError(replies);
    if (error >= 0) {
      throw notApplied(commands.get(error), (Reply.Failure) replies.get(error));
    }
  }

  /** Throws if a command that writes was answered with an error; commands are given by place. */
  static void checkWrites(IntFunction<RedisCommand> commands, List<Reply> replies) {
    int error = firstError(replies);
    if (error >= 0) {
      boolean anyApplied = replies.stream().anyMatch(reply -> !(reply instanceof Reply.Failure));
      RedisCommand command = commands.apply(error);
      Reply.Failure reply = (Reply.Failure) replies.get(error);
      throw anyApplied ? partlyApplied(command, reply) : notApplied(command, reply);
    }
  }

  /** The failure of a batch of which nothing was applied. */
  static AdapterException notApplied(RedisCommand command, Reply.Failure error) {
    String message = message(command, error);
    if (isOutOfMemory(error)) {
      return AdapterException.outOfMemory(message);
    }
    return isTransient(error.text())
        ? AdapterException.unavailable(message, null)
        : AdapterException.refused(message, null);
  }

  /** The failure of a batch of which something else was applied. */
  static AdapterException partlyApplied(RedisCommand command, Reply.Failure error) {
    if (isOutOfMemory(error)) {
      return AdapterException.outOfMemory(message(command, error)).afterAnotherPart();
    }
    String message = message(command, error) + " (other writes of the batch were applied)";
    return isTransient(error.text())
        ? AdapterException.unanswered(message, null)
        : AdapterException.partlyRefused(message, null);
  }

  private static boolean isOutOfMemory(Reply.Failure error) {
    return code(error.text()).equals("OOM");
  }

  /** The first error that does not pass, or else the first error; -1 if there is none. */
  static int firstError(List<Reply> replies) {
    int first = -1;
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof Reply.Failure error) {
        if (!isTransient(error.text())) {
          return i;
        }
        first = first < 0 ? i : first;
      }
    }
    return first;
  }

  /** Whether another try may succeed. */
  public static boolean isTransient(String error) {
    return TRANSIENT.contains(code(error));
  }

  private static String message(RedisCommand command, Reply.Failure error) {
    return "Redis refused " + command + ": " + error.text();
  }

  private static String code(String error) {
    Matcher wrapped = WITHIN_SCRIPT.matcher(error);
    if (wrapped.find()) {
      return wrapped.group(1);
    }
    Matcher plain = CODE.matcher(error);
    return plain.find() ? plain.group(1) : "";
  }
}
