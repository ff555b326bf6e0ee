package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {

  private static final Map<String, Object> ITEM =
      Map.of(
          "a", Map.of("b", 1, "b.c", 2, "d\\", 3, "0", 4),
          "a.b", 5,
          "list", List.of(Map.of("n", "x", "1", "named"), Map.of("n", "y"), List.of(7, 8)),
          "flat", List.of(10, 11));

  @ParameterizedTest
  @CsvSource({
    "a.b, 1",
    "a\\.b, 5",
    "a.b\\.c, 2",
    "a.d\\\\, 3",
    "a.d\\, 3",
    "a.0, 4",
    "list.n, '[x, y]'",
    "list.0.n, [x]",
    "list.1.n, [y]",
    "list.1, '[named, {n=y}]'",
    "list.2, '[[7, 8]]'",
    "list.3.n,",
    "list.2.0, [[7]]",
    "flat.1, [11]",
    "flat.01, [11]",
    "flat.2,",
    "flat.9999999999,",
    "flat.-1,",
    "x.y,",
  })
  void leadsTo(String path, String expected) {
    Object found = FieldPath.resolve(ITEM, path);

    assertThat(found == null ? null : found.toString()).isEqualTo(expected);
  }

  @Test
  void namesOfAnyCharactersHaveAPath() {
    assertThat(FieldPath.of("a.b")).isEqualTo("a\\.b");
    assertThat(FieldPath.of("a", "d\\")).isEqualTo("a.d\\\\");
    for (List<String> names :
        List.of(List.of("a"), List.of("a.b", "c"), List.of("\\", "."), List.of("\\.", "\\\\."))) {
      assertThat(FieldPath.segments(FieldPath.of(names.toArray(String[]::new)))).isEqualTo(names);
    }
  }
}
