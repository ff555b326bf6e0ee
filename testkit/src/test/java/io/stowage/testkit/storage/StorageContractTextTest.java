package io.stowage.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;

/** CONTRACT.md and the tests have the same clauses of part B. */
class StorageContractTextTest {

  private static final Path TEXT = Path.of("CONTRACT.md");
  private static final Pattern NAME = Pattern.compile("(s\\d{3})_[a-z]\\w+");
  private static final Pattern ROW = Pattern.compile("\\| (S\\d{3}) \\| (\\w+) \\| (.+?) \\|.*");

  private static List<String> testNames() {
    return Arrays.stream(StorageContract.class.getMethods())
        .filter(method -> AnnotationSupport.isAnnotated(method, Test.class))
        .map(Method::getName)
        .toList();
  }

  private static Stream<Matcher> rows() throws IOException {
    return Files.readAllLines(TEXT).stream().map(ROW::matcher).filter(Matcher::matches);
  }

  @Test
  void everyTestIsAClauseAndEveryClauseHasOneTest() throws IOException {
    List<String> tested =
        testNames().stream().map(name -> name.substring(0, 4).toUpperCase(Locale.ROOT)).toList();
    List<String> written = rows().map(row -> row.group(1)).toList();

    assertThat(tested).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(80);
    assertThat(written).doesNotHaveDuplicates();
    assertThat(tested).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void everyTestsNameBeginsWithItsClause() {
    assertThat(testNames()).allMatch(name -> NAME.matcher(name).matches());
  }

  @Test
  void everyClauseHasALevel() throws IOException {
    assertThat(rows().map(row -> row.group(2))).isSubsetOf("MUST", "SHOULD", "MAY");
  }
}
