package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.WriteResult.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AtomicBatchTest {

  private static final Version VERSION = new Version(7);

  @Test
  void keepsTheOrderOfItsChanges() {
    AtomicBatch<String> batch =
        AtomicBatch.<String>empty()
            .save("a")
            .insert("b")
            .replace("c", VERSION)
            .delete("d")
            .delete("e", VERSION);

    assertThat(batch.changes())
        .containsExactly(
            new AtomicBatch.Save<>("a"),
            new AtomicBatch.Insert<>("b"),
            new AtomicBatch.Replace<>("c", VERSION),
            new AtomicBatch.Delete<>("d", null),
            new AtomicBatch.Delete<>("e", VERSION));
  }

  @Test
  void isImmutable() {
    AtomicBatch<String> one = AtomicBatch.<String>empty().save("a");
    AtomicBatch<String> left = one.save("b");
    AtomicBatch<String> right = one.delete("c");

    assertThat(one.changes()).hasSize(1);
    assertThat(left.changes())
        .extracting(Object::toString)
        .containsExactly("Save[item=a]", "Save[item=b]");
    assertThat(right.changes()).last().isEqualTo(new AtomicBatch.Delete<>("c", null));
    assertThatThrownBy(() -> one.changes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void hasAtMostAThousandChanges() {
    AtomicBatch<String> batch = AtomicBatch.empty();
    for (int i = 0; i < AtomicBatch.MAX_SIZE; i++) {
      batch = batch.save("item");
    }
    AtomicBatch<String> full = batch;

    assertThat(full.changes()).hasSize(1_000);
    assertThatThrownBy(() -> full.delete("one more"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size of the atomic batch is 1001; allowed is 1 to 1000");
  }

  @Test
  void resultsAreCopies() {
    List<WriteResult> results =
        new ArrayList<>(List.of(new WriteResult("a", Status.STORED, VERSION)));
    BatchResult result = new BatchResult(true, results);
    results.clear();

    assertThat(result.results()).hasSize(1);
    assertThat(new WriteResult("a", Status.DELETED, null).isStored()).isFalse();
    assertThat(new WriteResult("a", Status.NOT_APPLIED, VERSION).isStored()).isFalse();
  }
}
