package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stowage.cli.terminal.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every call of the command that a page shows is one that the command understands. */
class DocumentedCommandsTest {

  private static final Pattern CALL = Pattern.compile("(?m)^\\./stowage (.*?)(?: +#.*)?$");

  @Test
  void everyCallIsUnderstood() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("..", "README.md")));
    try (Stream<Path> files = Files.list(Path.of("..", "docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    int calls = 0;
    for (Path page : pages) {
      for (MatchResult call : CALL.matcher(Files.readString(page)).results().toList()) {
        calls++;
        assertThatCode(
                () -> Main.commands(Environment.ofProcess()).parseArgs(call.group(1).split(" +")))
            .as("%s: %s", page, call.group())
            .doesNotThrowAnyException();
      }
    }
    assertThat(calls).as("calls found").isGreaterThan(5);
  }
}
