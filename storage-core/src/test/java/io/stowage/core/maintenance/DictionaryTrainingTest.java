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
import io.stowage.spi.BlobPort;
import io.stowage.spi.PersistencePort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

  private DictionaryReport trainOthers(StoreOptions options) {
    return test.platform
        .maintenance(THINGS, options)
        .trainDictionary(new DictionaryOptions(2_048, 1_000), progress -> {});
  }

  private ItemReport report(String id) {
    return test.platform.maintenance(THINGS, OPTIONS).inspect(id).orElseThrow();
  }

  @Test
  void itemsAreCompressedWithTheDictionaryOnceItIsKnown() {
    Storage<Document> things = filled(OPTIONS);
    Storage<Document> elsewhere = test.elsewhere(THINGS);

    DictionaryReport trained = train(OPTIONS);

    assertThat(trained.unreadable()).isZero();
    assertThat(trained.bytes()).isBetween(256, 4_096);
    assertThat(trained.samples()).isEqualTo(1_000);
    assertThat(trained.compressedBytes()).isLessThan(trained.compressedBefore() * 3 / 4);
    assertThat(report("m1").dictionary()).as("as it was").isEmpty();
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(1));
    assertThat(report("m1").dictionary()).hasValue(trained.number());
    assertThat(elsewhere.load("m1")).contains(message(1));

    int other = trainOthers(OPTIONS).number();
    assertThat(other).isNotEqualTo(trained.number());
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(2));
    assertThat(report("m2").dictionary()).hasValue(other);
    assertThat(report("m1").dictionary()).hasValue(trained.number());
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
    int number = train(encrypted).number();
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(3));

    byte[] stored =
        test.backend.undisturbed().store(STORE).blobs().read("dictionary-" + number).orElseThrow();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("reserve");
    assertThat(things.load("m3")).contains(message(3));
    assertThat(
            test.platform.maintenance(THINGS, encrypted).inspect("m3").orElseThrow().dictionary())
        .hasValue(number);
  }

  private BlobPort blobs() {
    return test.backend.undisturbed().store(STORE).blobs();
  }

  /** One that is gone is of no use to those who begin to use the store, and in nobody's way. */
  @Test
  void aDictionaryThatIsGoneKeepsNobodyFromSavingAndHasASuccessor() {
    filled(OPTIONS);
    int gone = train(OPTIONS).number();
    assertThat(blobs().remove("dictionary-" + gone)).isTrue();

    Storage<Document> anew = test.elsewhere(THINGS, OPTIONS);
    anew.save(message(1));
    assertThat(anew.load("m1")).contains(message(1));
    assertThat(report("m1").dictionary()).isEmpty();

    DictionaryReport next = trainOthers(OPTIONS);
    assertThat(next.compressedBefore()).isGreaterThan(next.compressedBytes());
    test.clock.move(Duration.ofMinutes(1));
    anew.save(message(2));
    assertThat(report("m2").dictionary()).hasValue(next.number());
  }

  @Test
  void itemsThatCannotBeReadAreCounted() {
    Storage<Document> things = filled(OPTIONS);
    StoreOptions encrypted = OPTIONS.toBuilder().encryption(new TestKeys()).build();
    test.store(THINGS, encrypted).saveAll(List.of(message(1), message(2)));

    DictionaryReport trained =
        test.platform
            .maintenance(THINGS, OPTIONS)
            .trainDictionary(new DictionaryOptions(4_096, 5_000), progress -> {});

    assertThat(trained.unreadable()).isEqualTo(2);
    assertThat(trained.samples()).isEqualTo(1_998);
    assertThat(things.exists("m1")).isTrue();
  }

  /** A server that came back with the data of a moment ago, under programs that go on. */
  @Test
  void whoUsesADictionaryPutsItBackBeforeItIsNamedAgain() {
    Storage<Document> things = filled(OPTIONS);
    PersistencePort records = test.backend.undisturbed().store(STORE).records();
    String snapshot = records.definition().orElseThrow();
    int number = train(OPTIONS).number();
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(1));
    assertThat(report("m1").dictionary()).hasValue(number);

    assertThat(records.redefine(records.definition().orElseThrow(), snapshot)).isTrue();
    assertThat(blobs().remove("dictionary-" + number)).isTrue();
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(2));

    assertThat(report("m2").dictionary()).hasValue(number);
    assertThat(test.elsewhere(THINGS, OPTIONS).load("m2")).contains(message(2));
    assertThat(test.elsewhere(THINGS, OPTIONS).load("m1")).contains(message(1));
  }

  /** The same, while somebody else trains another one meanwhile. */
  @Test
  void twoDictionariesOfTwoPastsAreBothReadable() {
    Storage<Document> things = filled(OPTIONS);
    PersistencePort records = test.backend.undisturbed().store(STORE).records();
    String snapshot = records.definition().orElseThrow();
    int first = train(OPTIONS).number();
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(1));
    assertThat(records.redefine(records.definition().orElseThrow(), snapshot)).isTrue();
    assertThat(blobs().remove("dictionary-" + first)).isTrue();

    int second = trainOthers(OPTIONS).number();
    things.save(message(2));
    assertThat(report("m2").dictionary()).as("within its lease").hasValue(first);
    test.clock.move(Duration.ofMinutes(1));
    things.save(message(3));

    assertThat(report("m3").dictionary()).hasValue(second);
    Storage<Document> elsewhere = test.elsewhere(THINGS, OPTIONS);
    for (int i = 1; i <= 3; i++) {
      assertThat(elsewhere.load("m" + i)).contains(message(i));
    }
  }
}
