package io.stowage.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @TempDir private Path directory;

  @Test
  void withoutArgumentsTheUsualIsMeasured() {
    Options options = Options.parse(List.of());
    assertThat(options.scale()).isEqualTo(Scale.USUAL);
    assertThat(options.json()).isEmpty();
    assertThat(options.baseline()).isEmpty();
  }

  @Test
  void allOptionsInAnyOrder() throws IOException {
    Path baseline = directory.resolve("before.json");
    ReportTest.BEFORE.write(baseline);
    Path json = directory.resolve("after.json");
    Options options =
        Options.parse(
            List.of("--baseline", baseline.toString(), "--json", json.toString(), "--rounds", "7"));
    assertThat(options.scale().rounds()).isEqualTo(7);
    assertThat(options.scale().warmUpRounds()).isEqualTo(7);
    assertThat(options.json()).contains(json);
    assertThat(options.baseline()).contains(ReportTest.BEFORE);
  }

  @Test
  void manyRoundsAreWarmedUpAsUsual() {
    assertThat(Options.parse(List.of("--rounds", "1000")).scale().warmUpRounds())
        .isEqualTo(Scale.USUAL.warmUpRounds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1"})
  void roundsOutOfBoundsAreRefused(String rounds) {
    assertRefused("rounds is " + rounds + "; allowed are 1 to 1000", "--rounds", rounds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "1.5", "99999999999"})
  void roundsThatAreNoNumberAreRefused(String rounds) {
    assertRefused(
        "--rounds is '" + rounds + "'; allowed are whole numbers from 1 to 1000",
        "--rounds",
        rounds);
  }

  @Test
  void unknownRepeatedAndUnfinishedOptionsAreRefused() {
    assertRefused("'--round' is unknown; allowed are " + Options.USAGE, "--round", "3");
    assertRefused("--rounds is given twice; allowed is once", "--rounds", "3", "--rounds", "4");
    assertRefused("--json has no value; allowed are " + Options.USAGE, "--json");
  }

  @Test
  void filesOfNoUseAreRefusedBeforeAnythingIsMeasured() throws IOException {
    Path absent = directory.resolve("absent");
    String json = absent.resolve("figures.json").toString();
    assertRefused(
        "--json is '" + json + "'; allowed is a file in a directory that exists", "--json", json);
    assertRefused(
        "--json is '" + directory + "'; allowed is a file in a directory that exists",
        "--json",
        directory.toString());
    assertThatThrownBy(() -> Options.parse(List.of("--baseline", absent.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + absent + "' cannot be read");
    Path other = Files.writeString(directory.resolve("other.json"), "[1, 2]");
    assertThatThrownBy(() -> Options.parse(List.of("--baseline", other.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + other + "' holds no figures of this benchmark");
    Path empty = Files.writeString(directory.resolve("empty.json"), "{}");
    assertThatThrownBy(() -> Options.parse(List.of("--baseline", empty.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + empty + "' holds no figures of this benchmark");
  }

  @Test
  void wrongArgumentsEndTheProgramWithTwo() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        PairedBenchmark.run(
            List.of("--rounds"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(status).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("--rounds has no value");
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatThrownBy(() -> Options.parse(List.of(arguments)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
