package io.stowage.system.coding;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Compression;
import io.stowage.api.Document;
import io.stowage.api.ItemCorruptedException;
import io.stowage.api.ItemType;
import io.stowage.api.Outcome;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * A part of a store's data is lost while programs have it open: evicted, or missing in what was
 * restored. No answer is wrong by that, and what somebody knows comes back.
 */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class LostDataTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Coding ENCRYPTED =
      new Coding(Coding.codec("kryo"), Compression.none(), false, true);

  /** Two classes of the same fields: under wrong names one is read as the other. */
  sealed interface Shape permits Circle, Square {
    String id();
  }

  record Circle(String id, int size) implements Shape {}

  record Square(String id, int size) implements Shape {}

  private static final ItemType<Shape> SHAPES =
      ItemType.of("shapes", Shape.class).id(Shape::id).index("size", LostDataTest::size).build();
  private static final ItemType<Document> PEOPLE =
      ItemType.documents("people").blindIndex("city").build();

  private static int size(Shape shape) {
    return shape instanceof Circle circle ? circle.size() : ((Square) shape).size();
  }

  private static StoreOptions.Builder options() {
    return StoreOptions.builder()
        .scanPolicy(ScanPolicy.FORBID)
        .sweepEvery(Duration.ZERO)
        .gracePeriod(Duration.ofSeconds(4));
  }

  private static StoragePlatform open(EmbeddedRedis redis) {
    return StowagePlatform.over(Connections.open("redis-lettuce", redis.uri()), ENCRYPTED.codec());
  }

  private static Document person(String id) {
    return Document.of(Map.of("id", id, "city", "Paris"));
  }

  @Test
  void numbersOfClassesMeanTheSameAfterAllDataWasRemoved() {
    StoreOptions options = options().build();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StoragePlatform one = open(redis);
        StoragePlatform two = open(redis);
        Jedis raw = Connections.raw(redis)) {
      Storage<Shape> before = one.store(SHAPES, options);
      before.save(new Circle("a", 1));
      before.save(new Square("b", 2));

      raw.flushAll();
      Storage<Shape> anew = two.store(SHAPES, options);
      anew.save(new Square("c", 3));
      before.save(new Circle("d", 4));

      await()
          .atMost(LIMIT)
          .until(
              () -> {
                before.save(new Circle("e", 5));
                return loaded(anew, "d").equals(Optional.of(new Circle("d", 4)));
              });
      assertThat(before.load("c")).contains(new Square("c", 3));
      assertThat(anew.load("e")).contains(new Circle("e", 5));
    }
  }

  /** It may not be readable for a while, but is never another one. */
  private static Optional<Shape> loaded(Storage<Shape> storage, String id) {
    try {
      Optional<Shape> shape = storage.load(id);
      assertThat(shape).hasValueSatisfying(it -> assertThat(it).isInstanceOf(Circle.class));
      return shape;
    } catch (ItemCorruptedException e) {
      return Optional.empty();
    }
  }

  @Test
  void aLostDefinitionIsPutBackByWhoKnowsItAndNotDefinedAnew() {
    StoreOptions options = options().build();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StoragePlatform one = open(redis);
        StoragePlatform two = open(redis);
        Jedis raw = Connections.raw(redis)) {
      Storage<Shape> knowing = one.store(SHAPES, options);
      knowing.save(new Circle("a", 1));
      String definition = raw.get("stowage:shapes:meta");

      raw.del("stowage:shapes:meta");
      assertThatThrownBy(() -> two.store(SHAPES, options))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED))
          .hasMessageContaining("records but no definition");
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                knowing.save(new Circle("b", 1));
                return raw.exists("stowage:shapes:meta");
              });

      assertThat(raw.get("stowage:shapes:meta").replaceAll("incarnation.*", ""))
          .isEqualTo(definition.replaceAll("incarnation.*", ""));
      Storage<Shape> anew = two.store(SHAPES, options);
      assertThat(anew.list(where("size").is(1)))
          .containsExactlyInAnyOrder(new Circle("a", 1), new Circle("b", 1));
    }
  }

  @Test
  void aLostSecretIsPutBackAndNobodyMakesAnother() {
    StoreOptions options = options().encryption(ENCRYPTED.keys().orElseThrow()).build();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StoragePlatform one = open(redis);
        StoragePlatform two = open(redis);
        Jedis raw = Connections.raw(redis)) {
      Storage<Document> knowing = one.store(PEOPLE, options);
      knowing.save(person("a"));

      raw.del("stowage:people:blob:blind");
      Storage<Document> anew = two.store(PEOPLE, options);
      assertThatThrownBy(() -> anew.save(person("b")))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED))
          .hasMessageContaining("secret");
      assertThatThrownBy(() -> anew.count(where("city").is("Paris")))
          .isInstanceOf(StorageException.class);
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                knowing.save(person("a"));
                return raw.exists("stowage:people:blob:blind");
              });

      anew.save(person("b"));
      assertThat(knowing.count(where("city").is("Paris"))).isEqualTo(2);
      assertThat(anew.count(where("city").is("Paris"))).isEqualTo(2);
    }
  }

  @Test
  void serversThatMayEvictWhatDecodingNeedsAreRefused() {
    StoreOptions options = options().encryption(ENCRYPTED.keys().orElseThrow()).build();
    try (EmbeddedRedis redis =
            EmbeddedRedis.builder()
                .setting("maxmemory", "100mb")
                .setting("maxmemory-policy", "allkeys-lru")
                .start();
        StoragePlatform one = open(redis);
        StoragePlatform two = open(redis)) {
      assertThatThrownBy(() -> one.store(PEOPLE, options))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("allkeys-")
          .hasMessageContaining("noeviction");
      one.store(SHAPES, options).save(new Circle("a", 1));
      assertThatThrownBy(() -> two.store(SHAPES, options))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("names of classes");
      assertThat(one.documents("plain").save(person("p")).isStored()).isTrue();
    }
  }
}
