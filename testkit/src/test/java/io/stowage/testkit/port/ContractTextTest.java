package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;

/** Part A of {@code CONTRACT.md} and the tests say the same, in both directions. */
class ContractTextTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (P\\d{3}) \\| (MUST|SHOULD|MAY) \\| [^|]{20,} \\| [^|]{6,} \\|$");
  private static final Pattern NAMED = Pattern.compile("(?m)^\\| (P\\w+) ");
  private static final Pattern TEST = Pattern.compile("p(\\d{3})_[a-z]\\w+");

  @Test
  void everyClauseHasOneTestAndEveryTestAClause() throws IOException {
    assertThat(testedClauses())
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(50)
        .containsExactlyInAnyOrderElementsOf(clausesOfTheText(ROW));
  }

  @Test
  void everyClauseHasALevelADemandAndAReasonAndComesInOrder() throws IOException {
    assertThat(clausesOfTheText(ROW))
        .doesNotHaveDuplicates()
        .isSorted()
        .isEqualTo(clausesOfTheText(NAMED));
  }

  @Test
  void everyTestOfTheContractIsNumbered() {
    assertThat(tests()).allSatisfy(test -> assertThat(test.getName()).matches(TEST));
  }

  @Test
  void aTestShowsItsClause() throws NoSuchMethodException {
    Method test = AdapterContract.class.getMethod("p108_comparesAll64BitsOfVersions");

    assertThat(
            new ClauseNames().generateDisplayNameForMethod(List.of(), AdapterContract.class, test))
        .isEqualTo("P108 compares all 64 bits of versions");
  }

  private static List<Method> tests() {
    return Arrays.stream(AdapterContract.class.getMethods())
        .filter(method -> AnnotationSupport.isAnnotated(method, Test.class))
        .toList();
  }

  private static List<String> testedClauses() {
    return tests().stream()
        .map(method -> method.getName().substring(0, 4).toUpperCase(Locale.ROOT))
        .toList();
  }

  private static List<String> clausesOfTheText(Pattern pattern) throws IOException {
    String text = Files.readString(Path.of("CONTRACT.md"));
    return pattern.matcher(text).results().map((MatchResult row) -> row.group(1)).toList();
  }
}
