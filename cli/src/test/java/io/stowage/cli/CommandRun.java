package io.stowage.cli;

import io.stowage.cli.terminal.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A command that was run in this process, with what it answered. */
record CommandRun(int exitCode, String out, String err) {

  /** Options that let a command wait for longer than a server stands still on a busy machine. */
  private static final Map<String, String> PATIENCE =
      Map.of("--connect-timeout", "60s", "--command-timeout", "60s");

  /** The commands that have such options. */
  private static final Set<String> WAITING =
      Set.of(
          "count",
          "delete",
          "doctor",
          "get",
          "import",
          "inspect",
          "list",
          "reindex",
          "rotate-key",
          "sweep",
          "train");

  /** The arguments, with time-outs that no pause of the machine exceeds unless they have some. */
  static List<String> patient(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    int command = all.indexOf("dictionary") == 0 ? 1 : 0;
    if (command < all.size() && WAITING.contains(all.get(command))) {
      PATIENCE.forEach(
          (option, time) -> {
            if (!all.contains(option)) {
              all.addAll(command + 1, List.of(option, time));
            }
          });
    }
    return all;
  }

  /**
   * How to run commands: where, with which standard input and variables, and whether with the
   * time-outs that they have by default.
   */
  record Setting(
      Path directory,
      String input,
      Map<String, String> variables,
      boolean interactive,
      boolean impatient) {

    static Setting in(Path directory) {
      return new Setting(directory, "", Map.of(), false, false);
    }

    Setting withInput(String text) {
      return new Setting(directory, text, variables, interactive, impatient);
    }

    /** For commands that find no server, or are refused for what they are. */
    Setting asGiven() {
      return new Setting(directory, input, variables, interactive, true);
    }

    Setting withUri(String uri) {
      return withVariables(Map.of("STOWAGE_URI", uri));
    }

    Setting withVariables(Map<String, String> all) {
      return new Setting(directory, input, all, interactive, impatient);
    }

    Setting onTerminal() {
      return new Setting(directory, input, variables, true, impatient);
    }

    CommandRun run(String... arguments) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      StringWriter err = new StringWriter();
      Environment environment =
          new Environment(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              out,
              new PrintWriter(err, true),
              directory,
              variables,
              interactive);
      String[] all = impatient ? arguments : patient(arguments).toArray(String[]::new);
      int exitCode = Main.run(environment, new AtomicBoolean(), all);
      return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    }
  }

  /** The lines on standard output. */
  List<String> lines() {
    return out.lines().toList();
  }

  /** The values of the field {@code id} on standard output, in their order. */
  List<String> ids() {
    return out.lines().flatMap(CommandRun::id).toList();
  }

  private static Stream<String> id(String line) {
    int begin = line.indexOf("\"id\":\"") + 6;
    return Stream.of(line.substring(begin, line.indexOf('"', begin)));
  }
}
