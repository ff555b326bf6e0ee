package io.stowage.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.AdapterException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadEntriesCostTest {

  @Test
  void manyDeadEntriesBeforeTheFirstMatchDoNotCostARoundTripEach() {
    try (TestPlatform test = new TestPlatform()) {
      Storage<Document> store =
          test.store(TestPlatform.THINGS, StoreOptions.builder().batchSize(100).build());
      test.disturbance()
          .beforeEvery(
              Call.REMOVE_ENTRIES,
              () -> {
                throw AdapterException.unavailable("entries stay", null);
              });
      store.saveAll(
          IntStream.range(0, 90).mapToObj(i -> TestPlatform.thing("t" + i, "a", i)).toList());
      store.deleteAll(IntStream.range(0, 89).mapToObj(i -> "t" + i).toList());
      test.disturbance().forgetCalls();

      assertThat(store.list(Query.where("kind").is("a").oldestFirst().limit(1)))
          .extracting(thing -> thing.id().orElseThrow())
          .containsExactly("t89");
      assertThat(test.disturbance().count(Call.READ)).isEqualTo(2);
    }
  }
}
