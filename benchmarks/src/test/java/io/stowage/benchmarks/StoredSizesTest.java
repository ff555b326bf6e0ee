package io.stowage.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@Tag("full")
class StoredSizesTest {

  private static final Path FILE =
      Path.of("..", "..", "shared", "data", "sgd-dialogues.jsonl.gz").toAbsolutePath().normalize();

  @Test
  void theTableInTheDocumentationIsTheOutputAndTheDictionaryHalvesThePayload() throws IOException {
    assumeTrue(Files.exists(FILE), "NO_REAL_DATA: the file of real messages is not there");
    List<String> table = StoredSizes.of(FILE).table();

    assertThat(Files.readString(Path.of("..", "docs", "format.md")))
        .contains(String.join("\n", table) + "\n");
    for (String row : table.subList(2, table.size())) {
      List<Integer> sizes =
          Arrays.stream(row.replaceAll("^\\|[^|]*\\||\\|$", "").split("\\|", -1))
              .map(cell -> Integer.valueOf(cell.strip()))
              .toList();
      assertThat(sizes.get(3)).as(row).isLessThanOrEqualTo(sizes.get(0) / 2);
    }
  }
}
