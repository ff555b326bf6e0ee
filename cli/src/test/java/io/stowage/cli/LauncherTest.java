package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that starts the command, in a project of empty modules with a Java and a Maven that
 * only write down how they were called.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for POSIX shells")
@Tag("server")
class LauncherTest {

  private static final List<String> MODULES =
      List.of(
          "storage-api",
          "storage-core",
          "serialization",
          "adapter-memory",
          "adapter-redis-common",
          "adapter-redis-lettuce",
          "adapter-redis-jedis",
          "embedded-redis",
          "cli",
          "bom");

  @TempDir Path root;
  private Path project;
  private Path java;
  private Path builds;

  /** The answer of the script. */
  private record Answer(int exitCode, List<String> out, String err) {}

  @BeforeEach
  void layOutProject() throws IOException {
    project = Files.createDirectories(root.resolve("a project"));
    builds = root.resolve("builds");
    java = root.resolve("jdk");
    Files.writeString(builds, "");
    Files.copy(Path.of("..", "stowage"), project.resolve("stowage"));
    script(project.resolve("stowage"), Files.readString(project.resolve("stowage")));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    for (String module : MODULES) {
      Files.createDirectories(project.resolve(module).resolve("src/main/java"));
      Files.writeString(project.resolve(module).resolve("pom.xml"), "<project/>");
    }
    script(
        project.resolve("mvnw"),
        "#!/bin/sh\necho building\necho \"$*\" >> '%s'\nmkdir -p cli/target/lib\ntouch cli/target/lib/a.jar cli/target/stowage-cli-1.jar\n"
            .formatted(builds));
    javaOfVersion("17");
  }

  private void javaOfVersion(String version) throws IOException {
    script(
        java.resolve("bin/java"),
        """
        #!/bin/sh
        case "$*" in
          *-version) echo '    java.specification.version = %s' >&2 ;;
          *--list-modules) echo jdk.compiler@17 ;;
          *ArchiveClassesAtExit*) exit 1 ;;
          *) for word in "$@"; do echo "$word"; done ;;
        esac
        """
            .formatted(version));
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path script, Path out, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().put("JAVA_HOME", java.toString());
    return builder
        .redirectOutput(out.toFile())
        .redirectError(Redirect.to(root.resolve(out.getFileName() + ".err").toFile()))
        .start();
  }

  private Answer answer(Process process, Path out) throws IOException, InterruptedException {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Answer(
        process.exitValue(),
        Files.readAllLines(out),
        Files.readString(root.resolve(out.getFileName() + ".err")));
  }

  private Answer run(Path script, String... arguments) throws IOException, InterruptedException {
    Path out = root.resolve("out");
    return answer(start(script, out, arguments), out);
  }

  @Test
  void theFirstCallBuildsAndTheSecondDoesNot() throws Exception {
    Answer first = run(project.resolve("stowage"), "list", "a store", "*", "");
    Answer second = run(project.resolve("stowage"), "count", "x");

    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).endsWith("io.stowage.cli.Main", "list", "a store", "*", "");
    assertThat(first.out()).doesNotContain("building");
    assertThat(first.err()).contains("building");
    assertThat(second.out()).endsWith("io.stowage.cli.Main", "count", "x");
    assertThat(second.err()).isEmpty();
    assertThat(builds).content().hasLineCount(1);
  }

  @Test
  void itFindsItsProjectThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("link"), project.resolve("stowage"));
    Path second = Files.createSymbolicLink(root.resolve("second"), Path.of("link"));

    Answer answer = run(second, "count", "x");

    assertThat(link).exists();
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out())
        .contains(
            project.toRealPath().resolve("cli/target/stowage-cli-1.jar")
                + ":"
                + project.toRealPath().resolve("cli/target/lib/a.jar"));
  }

  @Test
  void aChangedSourceAndARemovedOneAreBuiltAgain() throws Exception {
    Path source = project.resolve("storage-core/src/main/java/A.java");
    Files.writeString(source, "class A {}");
    run(project.resolve("stowage"), "count", "x");

    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    run(project.resolve("stowage"), "count", "x");
    assertThat(builds).content().hasLineCount(2);

    Files.delete(source);
    Files.setLastModifiedTime(source.getParent(), FileTime.from(Instant.now().plusSeconds(2)));
    run(project.resolve("stowage"), "count", "x");
    assertThat(builds).content().hasLineCount(3);
  }

  @Test
  void twoFirstCallsBuildOnce() throws Exception {
    Path one = root.resolve("one");
    Path two = root.resolve("two");
    Process first = start(project.resolve("stowage"), one, "count", "x");
    Process second = start(project.resolve("stowage"), two, "count", "x");

    assertThat(answer(first, one).exitCode()).isZero();
    assertThat(answer(second, two).exitCode()).isZero();
    assertThat(builds).content().hasLineCount(1);
  }

  @Test
  void theLockOfADeadBuildIsTakenOver() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor(120, TimeUnit.SECONDS)).isTrue();
    Path lock = Files.createDirectories(project.resolve("target/stowage-build.lock"));
    Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

    Answer answer = run(project.resolve("stowage"), "count", "x");

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void aFailedBuildIsAnErrorAndTriedAgain() throws Exception {
    script(project.resolve("mvnw"), "#!/bin/sh\necho \"$*\" >> '%s'\nexit 1\n".formatted(builds));

    Answer first = run(project.resolve("stowage"), "count", "x");
    Answer second = run(project.resolve("stowage"), "count", "x");

    assertThat(first.exitCode()).isEqualTo(1);
    assertThat(first.out()).isEmpty();
    assertThat(first.err()).contains("stowage: the build failed");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(builds).content().hasLineCount(2);
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    for (String version : new String[] {"1.8", "11"}) {
      javaOfVersion(version);

      Answer answer = run(project.resolve("stowage"), "count", "x");

      assertThat(answer.exitCode()).isEqualTo(1);
      assertThat(answer.err())
          .isEqualTo(
              "stowage: Java "
                  + version
                  + " at "
                  + java.resolve("bin/java")
                  + " is too old; 17 or newer is needed\n");
    }
    assertThat(builds).isEmptyFile();
  }
}
