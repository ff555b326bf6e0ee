package io.stowage.system.coding;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The value of a field is what is stored for it, wherever it comes from: a function of an index,
 * the stored item, or what is given to a filter.
 */
class StoredValuesTest {

  enum Role {
    @JsonProperty("user")
    USER,
    @JsonProperty("assistant")
    ASSISTANT,
    SYSTEM
  }

  enum Level {
    LOW(1),
    HIGH(9);

    private final int number;

    Level(int number) {
      this.number = number;
    }

    @JsonValue
    int number() {
      return number;
    }
  }

  @JsonFormat(shape = JsonFormat.Shape.NUMBER)
  enum Place {
    FIRST,
    SECOND
  }

  @JsonFormat(shape = JsonFormat.Shape.OBJECT)
  enum Shown {
    HERE
  }

  record Turn(String id, Role role, Level level, Place place, Year year, List<Role> roles) {}

  private static ItemType<Turn> turns() {
    return ItemType.of("turns", Turn.class)
        .id(Turn::id)
        .index("by_role", Turn::role)
        .index("by_roles", Turn::roles)
        .index("by_place", Turn::place)
        .range("by_level", Turn::level)
        .index("by_year", turn -> List.of(turn.year()))
        .orderedBy("by_level")
        .build();
  }

  private static List<String> ids(Storage<Turn> storage, Query query) {
    return storage.list(query.oldestFirst()).stream().map(Turn::id).toList();
  }

  private static void fill(Storage<Turn> storage) {
    storage.save(
        new Turn("a", Role.USER, Level.HIGH, Place.SECOND, Year.of(2025), List.of(Role.SYSTEM)));
    storage.save(
        new Turn(
            "b",
            Role.ASSISTANT,
            Level.LOW,
            Place.FIRST,
            Year.of(2024),
            List.of(Role.USER, Role.SYSTEM)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "msgpack", "kryo"})
  void whatIsStoredIsFoundWithAndWithoutAnIndex(String codec) {
    try (StoragePlatform platform = StoragePlatform.builder().uri("memory:").codec(codec).open()) {
      Storage<Turn> storage = platform.store(turns());
      fill(storage);

      for (String prefix : List.of("by_", "")) {
        for (Object user : List.of(Role.USER, "user")) {
          assertThat(ids(storage, where(prefix + "role").is(user)))
              .as("%s as %srole", user, prefix)
              .containsExactly("a");
          assertThat(ids(storage, where(prefix + "role").isNot(user))).containsExactly("b");
          assertThat(ids(storage, where(prefix + "role").in(List.of(user, Role.SYSTEM))))
              .containsExactly("a");
          assertThat(ids(storage, where(prefix + "roles").is(user))).containsExactly("b");
          assertThat(storage.count(where(prefix + "role").is(user))).isEqualTo(1);
        }
        assertThat(ids(storage, where(prefix + "role").is("USER"))).as(prefix).isEmpty();
        assertThat(ids(storage, where(prefix + "roles").is(Role.SYSTEM))).containsExactly("b", "a");
        assertThat(ids(storage, where(prefix + "level").is(Level.HIGH))).containsExactly("a");
        assertThat(ids(storage, where(prefix + "level").is(9))).containsExactly("a");
        assertThat(ids(storage, where(prefix + "level").greaterThan(Level.LOW)))
            .as(prefix)
            .containsExactly("a");
        assertThat(ids(storage, where(prefix + "level").in(List.of(Level.LOW, 2))))
            .containsExactly("b");
        assertThat(ids(storage, where(prefix + "place").is(Place.SECOND)))
            .as(prefix)
            .containsExactly("a");
        assertThat(ids(storage, where(prefix + "place").is(1))).containsExactly("a");
        assertThat(ids(storage, where(prefix + "year").is(Year.of(2024)))).containsExactly("b");
        assertThat(ids(storage, where(prefix + "year").is("2024"))).as(prefix).containsExactly("b");
        assertThat(ids(storage, where(prefix + "year").atLeast(Year.of(2024))))
            .containsExactly("b", "a");
      }
      assertThat(ids(storage, Query.all())).as("the order").containsExactly("b", "a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "msgpack", "kryo"})
  void pagesStreamsAndDeletesMeanTheSame(String codec) {
    try (StoragePlatform platform = StoragePlatform.builder().uri("memory:").codec(codec).open()) {
      Storage<Turn> storage = platform.store(turns());
      fill(storage);
      Query known = where("by_role").in(List.of(Role.USER, Role.ASSISTANT)).oldestFirst().limit(1);

      List<String> paged = new ArrayList<>();
      Page<Turn> first = storage.page(known);
      paged.add(first.items().get(0).id());
      storage
          .page(
              where("by_role").in(List.of("assistant", "user")).oldestFirst().limit(1),
              first.next().orElseThrow())
          .items()
          .forEach(turn -> paged.add(turn.id()));
      assertThat(paged).as("a cursor of the same query in other words").containsExactly("b", "a");
      try (var found = storage.stream(where("role").is(Role.USER))) {
        assertThat(found.map(Turn::id)).containsExactly("a");
      }
      assertThat(storage.deleteWhere(where("role").is(Role.USER))).isEqualTo(1);
      assertThat(ids(storage, Query.all())).containsExactly("b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "msgpack", "kryo"})
  void documentsOfTheSameStoreAreFoundByTheSameValues(String codec) {
    try (StoragePlatform platform = StoragePlatform.builder().uri("memory:").codec(codec).open()) {
      fill(platform.store(turns()));

      Storage<Document> documents = platform.documents("turns");

      assertThat(documents.count(where("role").is(Role.USER))).isEqualTo(1);
      assertThat(documents.count(where("level").is(Level.HIGH))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "msgpack", "kryo"})
  void anObjectThatIsStoredAsNoValueIsRefused(String codec) {
    try (StoragePlatform platform = StoragePlatform.builder().uri("memory:").codec(codec).open()) {
      Storage<Turn> storage = platform.store(turns());

      assertThatThrownBy(() -> storage.list(where("role").is(Shown.HERE)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'role'")
          .hasMessageContaining(Shown.class.getName())
          .hasMessageContaining("allowed");
    }
  }
}
