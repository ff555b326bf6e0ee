package io.stowage.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.AdapterException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletedLatecomersTest {

  private static final int BATCH = 10;

  /** The entries of the first versions come first, and make every item a latecomer. */
  @ParameterizedTest
  @EnumSource(Query.Order.class)
  void streamDoesNotAnswerWhatWasDeletedAfterItsStaleEntryWasMet(Query.Order order) {
    try (TestPlatform test = new TestPlatform()) {
      Storage<Document> store =
          test.store(TestPlatform.THINGS, StoreOptions.builder().batchSize(BATCH).build());
      test.disturbance()
          .beforeEvery(
              Call.REMOVE_ENTRIES,
              () -> {
                throw AdapterException.unavailable("entries stay", null);
              });
      List<Document> things =
          IntStream.range(0, 50).mapToObj(i -> TestPlatform.thing("t" + i, "a", i)).toList();
      store.saveAll(things);
      store.saveAll(things);

      Query query = new Query(Query.where("kind").is("a").filter(), order, Query.NO_LIMIT);
      try (Stream<Document> stream = store.stream(query)) {
        Iterator<Document> items = stream.iterator();
        items.next();
        store.deleteAll(things.stream().map(thing -> thing.id().orElseThrow()).toList());
        int rest = 0;
        while (items.hasNext()) {
          items.next();
          rest++;
        }
        assertThat(rest).isLessThan(BATCH);
      }
    }
  }
}
