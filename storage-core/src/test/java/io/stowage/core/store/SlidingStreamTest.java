package io.stowage.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlidingStreamTest {

  @Test
  void lifeIsExtendedABatchAtATimeAndNotBeyondTheLimit() {
    StoreOptions options =
        StoreOptions.builder().batchSize(10).ttl(Ttl.sliding(Duration.ofMinutes(10))).build();
    try (TestPlatform test = new TestPlatform()) {
      Storage<Document> store = test.store(TestPlatform.THINGS, options);
      store.saveAll(
          IntStream.range(0, 30).mapToObj(i -> TestPlatform.thing("t" + i, "a", i)).toList());
      test.clock.move(Duration.ofMinutes(4));

      try (Stream<Document> items =
          store.stream(Query.where("kind").is("a").oldestFirst().limit(25))) {
        assertThat(items).hasSize(25);
      }

      assertThat(test.disturbance().sizes(Call.TOUCH)).containsExactly(10, 10, 5);
      assertThat(store.ttl("t24").remaining()).contains(Duration.ofMinutes(10));
      assertThat(store.ttl("t25").remaining()).contains(Duration.ofMinutes(6));
    }
  }

  @Test
  void whatWasOnlyReadAheadIsNotExtended() {
    StoreOptions options =
        StoreOptions.builder().batchSize(10).ttl(Ttl.sliding(Duration.ofMinutes(10))).build();
    try (TestPlatform test = new TestPlatform()) {
      Storage<Document> store = test.store(TestPlatform.THINGS, options);
      store.saveAll(
          IntStream.range(0, 30).mapToObj(i -> TestPlatform.thing("t" + i, "a", i)).toList());
      test.clock.move(Duration.ofMinutes(4));

      try (Stream<Document> items = store.stream(Query.where("kind").is("a").oldestFirst())) {
        assertThat(items.findFirst()).isPresent();
      }

      assertThat(test.disturbance().sizes(Call.TOUCH)).containsExactly(1);
      assertThat(store.ttl("t0").remaining()).contains(Duration.ofMinutes(10));
      assertThat(store.ttl("t1").remaining()).contains(Duration.ofMinutes(6));
    }
  }
}
