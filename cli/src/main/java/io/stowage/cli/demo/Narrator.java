package io.stowage.cli.demo;

import io.stowage.cli.terminal.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells the tour: numbers its steps, and prints of each what it does, its answer and its cost. */
final class Narrator {

  private static final String INDENT = "     ";

  private final Output output;
  private final Stage stage;
  private int steps;

  Narrator(Output output, Stage stage) {
    this.output = output;
    this.stage = stage;
  }

  /** An operation that the tour shows. */
  @FunctionalInterface
  interface Operation<T> {
    T run();
  }

  /** What the tour tells about an answer. */
  @FunctionalInterface
  interface Account<T> {
    String of(T answer);
  }

  /** Begins a step. */
  void title(String title) {
    steps++;
    output.line("");
    output.line(String.format(Locale.ROOT, "%3d  %s", steps, title));
    output.flush();
  }

  /** Says something that is no step. */
  void conclude(String text) {
    output.line("");
    output.line(text);
    output.flush();
  }

  /** Explains something. */
  void say(String text) {
    output.line(INDENT + text);
    output.flush();
  }

  /** Shows an operation: the code that runs, what it answers, and what that cost. */
  <T> T show(String code, Operation<T> operation, Account<T> account) {
    say("> " + code);
    Optional<Map<String, Long>> before = stage.calls();
    long begin = System.nanoTime();
    T answer = operation.run();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
    Optional<Map<String, Long>> after = stage.calls();
    say("= " + account.of(answer));
    say(
        millis(elapsed)
            + before
                .flatMap(earlier -> after.map(later -> commands(earlier, later)))
                .map(cost -> ", " + cost)
                .orElse(", no Redis commands: all in memory"));
    return answer;
  }

  private static String millis(Duration elapsed) {
    return String.format(Locale.ROOT, "  %.1f ms", elapsed.toNanos() / 1e6);
  }

  private static String commands(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> difference = new TreeMap<>();
    after.forEach(
        (command, calls) -> {
          long more = calls - before.getOrDefault(command, 0L);
          if (more > 0) {
            difference.put(command, more);
          }
        });
    long total = difference.values().stream().mapToLong(Long::longValue).sum();
    List<Map.Entry<String, Long>> most = new ArrayList<>(difference.entrySet());
    most.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    String each =
        most.stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return total
        + (total == 1 ? " Redis command" : " Redis commands")
        + (total == 0 ? "" : ": " + each);
  }
}
