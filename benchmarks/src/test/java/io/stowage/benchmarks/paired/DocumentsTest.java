package io.stowage.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DocumentsTest {

  private static final Documents MADE = Documents.made(7, 3);

  @Test
  void theSameSeedMakesTheSameDocuments() {
    Documents again = Documents.made(7, 3);
    assertThat(again.ids()).isEqualTo(MADE.ids()).doesNotHaveDuplicates();
    assertThat(again.get(299)).isEqualTo(MADE.get(299));
    assertThat(Documents.made(8, 3).ids()).doesNotContainAnyElementsOf(MADE.ids());
  }

  @Test
  void eachSessionHasAHundred() {
    assertThat(MADE.count()).isEqualTo(300);
    assertThat(MADE.sessions())
        .hasSize(3)
        .allSatisfy(
            session ->
                assertThat(
                        IntStream.range(0, MADE.count())
                            .filter(i -> session.equals(MADE.get(i).get(Layout.SESSION)))
                            .count())
                    .isEqualTo(Documents.IN_SESSION));
  }

  @Test
  void theyHaveAboutSevenHundredBytes() {
    JsonMapper json = new JsonMapper();
    assertThat(
            IntStream.range(0, MADE.count())
                .map(i -> json.writeValueAsBytes(MADE.get(i).asMap()).length)
                .average()
                .orElseThrow())
        .isBetween(650.0, 750.0);
  }
}
