package io.stowage.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documentation shows the table of TTLs that the clauses check. */
class TtlTableTextTest {

  @Test
  void theDocumentationHasTheTable() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "ttl.md"))).contains(TtlAct.table());
  }
}
