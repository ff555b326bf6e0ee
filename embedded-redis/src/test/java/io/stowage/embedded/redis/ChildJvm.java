package io.stowage.embedded.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM of its own that runs {@link ChildMain}. */
final class ChildJvm implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(Map<String, String> environment, String... arguments) throws IOException {
    return start(environment, entry -> true, arguments);
  }

  static ChildJvm start(
      Map<String, String> environment, Predicate<String> classPath, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xshare:auto");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        Stream.of(System.getProperty("java.class.path").split(":", -1))
            .filter(classPath)
            .collect(Collectors.joining(":")));
    command.add(ChildMain.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove(BinaryLocator.VARIABLE);
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start());
  }

  /** The next line that it prints after {@code name=}. */
  String next(String name) throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(name + "=")) {
        return line.substring(name.length() + 1);
      }
      before.append(line).append('\n');
    }
    throw new AssertionError("The JVM ended without printing " + name + ":\n" + before);
  }

  String rest() throws IOException {
    return output.lines().collect(Collectors.joining("\n"));
  }

  int exitValue() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The JVM did not end");
    }
    return process.exitValue();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Says that it may go on. */
  void go() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
