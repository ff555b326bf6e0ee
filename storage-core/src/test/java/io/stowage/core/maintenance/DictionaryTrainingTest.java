package io.stowage.core.maintenance;

import static io.stowage.core.support.TestPlatform.STORE;
import static io.stowage.core.support.TestPlatform.THINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Compression;
import io.stowage.api.DictionaryOptions;
import io.stowage.api.DictionaryReport;
import io.stowage.api.Document;
import io.stowage.api.ItemReport;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.core.support.TestKeys;
import io.stowage.core.support.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DictionaryTrainingTest {

  private static final StoreOptions OPTIONS =
      StoreOptions.builder().compression(Compression.zstd()).sweepEvery(Duration.ZERO).build();

  private final TestPlatform test = new TestPlatform();

  @AfterEach
  void close() {
    test.close();
  }

  private static Document message(int i) {
    Random random = new Random(i);
    return Document.of(
        Map.of(
            "id",
            "m" + i,
            "kind",
            "k" + random.nextInt(5),
            "text",
            "Please reserve a table for "
                + random.nextInt(9)
                + " people at the restaurant on day "
                + random.nextInt(30)
                + " of this month",
            "size",
            random.nextInt()));
  }

  private Storage<Document> filled(StoreOptions options) {
    Storage<Document> things = test.store(THINGS, options);
    things.saveAll(IntStream.range(0, 2_000).mapToObj(DictionaryTrainingTest::message).toList());
    return things;
  }

  private DictionaryReport train(StoreOptions options) {
    return test.platform
        .maintenance(THINGS, options)
        .trainDictionary(new DictionaryOptions(4_096, 1_000), progress -> {});
  }

  private ItemReport report(String id) {
    return test.platform.maintenance(THINGS, OPTIONS).inspect(id).orElseThrow();
  }

  @Test
  void itemsAreCompressedWithTheDictionaryOnceItIsKnown() {
    Storage<Document> things = filled(OPTIONS);
    Storage<Document> elsewhere = test.elsewhere(THINGS);

    DictionaryReport trained = train(OPTIONS);

    assertThat(trained.number()).isEqualTo(1);
    assertThat(trained.bytes()).isBetween(256, 4_096);
    assertThat(trained.samples()).isEqualTo(1_000);
    assertThat(trained.compressedBytes()).isLessThan(trained.compressedBefore() * 3 / 4);
    assertThat(report("m1").dictionary()).as("as it was").isEmpty();
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(1));
    assertThat(report("m1").dictionary()).hasValue(1);
    assertThat(elsewhere.load("m1")).contains(message(1));

    assertThat(train(OPTIONS).number()).isEqualTo(2);
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(2));
    assertThat(report("m2").dictionary()).hasValue(2);
    assertThat(report("m1").dictionary()).hasValue(1);
    assertThat(things.list(Query.all()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 2_000).mapToObj(DictionaryTrainingTest::message).toList());
  }

  @Test
  void tooFewItemsTeachNothing() {
    test.store(THINGS, OPTIONS).save(message(1));

    assertThatThrownBy(() -> train(OPTIONS))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isFalse());
    assertThat(test.store(THINGS, OPTIONS).load("m1")).contains(message(1));
  }

  @Test
  void aDictionaryOfAnEncryptedStoreShowsNothingOfItsItems() {
    StoreOptions encrypted = OPTIONS.toBuilder().encryption(new TestKeys()).build();
    Storage<Document> things = filled(encrypted);
    train(encrypted);
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(3));

    byte[] stored =
        test.backend.undisturbed().store(STORE).blobs().read("dictionary-1").orElseThrow();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("reserve");
    assertThat(things.load("m3")).contains(message(3));
    assertThat(
            test.platform.maintenance(THINGS, encrypted).inspect("m3").orElseThrow().dictionary())
        .hasValue(1);
  }
}
