package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No server outlives its JVM, whatever way that ends. */
@Tag("server")
class OrphanTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void jvmKilledBySigkill() throws Exception {
    try (ChildJvm jvm = ChildJvm.start(Map.of(), "wait")) {
      Family family = Family.read(jvm);
      jvm.kill();
      assertThat(jvm.exitValue()).isEqualTo(128 + 9);
      family.assertGone();
    }
  }

  @Test
  void runtimeHalt() throws Exception {
    try (ChildJvm jvm = ChildJvm.start(Map.of(), "halt")) {
      Family family = Family.read(jvm);
      jvm.go();
      assertThat(jvm.exitValue()).isEqualTo(3);
      family.assertGone();
    }
  }

  @Test
  void systemExitWithoutClose() throws Exception {
    try (ChildJvm jvm = ChildJvm.start(Map.of(), "exit")) {
      Family family = Family.read(jvm);
      jvm.go();
      assertThat(jvm.exitValue()).isEqualTo(4);
      family.assertGone();
    }
  }

  @Test
  void mainThatReturnsWithoutClose() throws Exception {
    try (ChildJvm jvm = ChildJvm.start(Map.of(), "wait")) {
      Family family = Family.read(jvm);
      jvm.go();
      assertThat(jvm.exitValue()).isZero();
      family.assertGone();
    }
  }

  @Test
  void watchdogKilled() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      ProcessHandle server = ProcessHandle.of(redis.pid()).orElseThrow();
      ProcessHandle watchdog = server.parent().orElseThrow();
      watchdog.destroyForcibly();
      await().atMost(LIMIT).until(() -> !server.isAlive() && !redis.isRunning());
    }
  }

  @Test
  void watchdogIgnoresWhatATerminalSends() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      ProcessHandle watchdog = ProcessHandle.of(redis.pid()).orElseThrow().parent().orElseThrow();
      for (String signal : List.of("HUP", "INT", "QUIT", "TERM")) {
        int sent =
            new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + watchdog.pid())
                .start()
                .waitFor();
        assertThat(sent).isZero();
      }
      assertThat(redis.ask("PING")).isEqualTo("PONG");
      redis.kill();
      redis.restart();
      assertThat(redis.ask("PING")).isEqualTo("PONG");
    }
  }

  @Test
  void watchdogEndsWithItsServer() {
    EmbeddedRedis redis = EmbeddedRedis.start();
    ProcessHandle watchdog = ProcessHandle.of(redis.pid()).orElseThrow().parent().orElseThrow();
    List<ProcessHandle> family = new ArrayList<>(watchdog.descendants().toList());
    family.add(watchdog);
    assertThat(family).as("watchdog, its listener and the server").hasSize(3);

    redis.close();

    await().atMost(LIMIT).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** What a child JVM has started. */
  private record Family(List<Long> pids, List<Path> directories, long bystander) {

    static Family read(ChildJvm jvm) throws IOException {
      List<Long> pids = new ArrayList<>();
      List<Path> directories = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        pids.add(Long.valueOf(jvm.next("pid")));
        long watchdog = Long.parseLong(jvm.next("watchdog"));
        ProcessHandle.of(watchdog).orElseThrow().descendants().forEach(p -> pids.add(p.pid()));
        pids.add(watchdog);
        directories.add(Path.of(jvm.next("directory")));
      }
      Family family = new Family(pids, directories, Long.parseLong(jvm.next("bystander")));
      assertThat(pids).allMatch(Family::isAlive);
      assertThat(directories).allMatch(Files::exists);
      return family;
    }

    /** The bystander lives on: had it inherited a pipe, that would still be open. */
    void assertGone() {
      try {
        await().atMost(LIMIT).until(() -> pids.stream().noneMatch(Family::isAlive));
        await().atMost(LIMIT).until(() -> directories.stream().noneMatch(Files::exists));
        assertThat(isAlive(bystander)).isTrue();
      } finally {
        ProcessHandle.of(bystander).ifPresent(ProcessHandle::destroyForcibly);
      }
    }

    private static boolean isAlive(long pid) {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }
}
