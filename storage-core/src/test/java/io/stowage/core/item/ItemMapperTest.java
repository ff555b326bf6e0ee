package io.stowage.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Loss;
import io.stowage.api.Outcome;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.Version;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.item.ItemTerms.RangePlace;
import io.stowage.core.support.TestClock;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.AdapterException;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StoredRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemMapperTest {

  private static final Version VERSION = Version.of(1_000, 1);

  record Note(
      String id, String sessionId, @Nullable Object size, @Nullable Object at, List<String> tags) {}

  private static ItemType.Builder<Note> notes() {
    return ItemType.of("notes", Note.class)
        .id(Note::id)
        .acceptLossy(Loss.NUMBER_TYPES, Loss.CLASSES)
        .index("session", Note::sessionId)
        .index("tag", Note::tags)
        .range("size", Note::size)
        .expiresAt(Note::at);
  }

  private static <T> ItemMapper<T> mapper(ItemType<T> type) {
    return new ItemMapper<>(type, new JsonCodec());
  }

  private static Note note(@Nullable Object size, String... tags) {
    return new Note("n", "s1", size, null, List.of(tags));
  }

  @Test
  void termsAreThoseOfTheIndexes() {
    ItemMapper<Note> mapper = mapper(notes().build());
    ItemTerms terms = mapper.terms(mapper.encode("n", note(7L, "a", "b", "a")));

    EntryRef saved = new EntryRef("n", VERSION, 1_000);
    assertThat(terms.entries("n", VERSION))
        .containsExactly(
            new IndexEntry(IndexTerm.exact("session", "s1"), saved),
            new IndexEntry(IndexTerm.exact("tag", "a"), saved),
            new IndexEntry(IndexTerm.exact("tag", "b"), saved),
            new IndexEntry(IndexTerm.range("size"), new EntryRef("n", VERSION, 7)));
  }

  @Test
  void absentValuesAndTextsHaveNoPlaceInARange() {
    ItemMapper<Note> mapper = mapper(notes().build());

    assertThat(mapper.terms(mapper.encode("n", note(null))).ranges()).isEmpty();
    assertThat(mapper.terms(mapper.encode("n", note("seven"))).ranges()).isEmpty();
    assertThat(mapper.terms(mapper.encode("n", note(List.of()))).ranges()).isEmpty();
    assertThat(mapper.terms(mapper.encode("n", note(Instant.ofEpochSecond(3)))).ranges())
        .containsExactly(new ItemTerms.RangePlace(IndexTerm.range("size"), 3_000_000));
  }

  @Test
  void severalValuesInARangeAreRefused() {
    ItemMapper<Note> mapper = mapper(notes().build());
    assertThatThrownBy(() -> mapper.terms(mapper.encode("n", note(List.of(1L, 2L)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item 'n' cannot be indexed")
        .hasMessageContaining("range index 'size' has 2 values; allowed is one");
    assertThat(mapper.terms(mapper.encode("n", note(List.of(1, 1.0)))).ranges()).hasSize(1);
  }

  @Test
  void typesThatCannotBeIndexedAreRefused() {
    ItemMapper<Note> mapper = mapper(notes().build());
    assertThatThrownBy(() -> mapper.terms(mapper.encode("n", note(Optional.of(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item 'n'")
        .hasMessageContaining("index 'size' has a value of type java.util.Optional");
  }

  @Test
  void moreThanAThousandTermsAreRefused() {
    ItemMapper<Note> mapper = mapper(notes().build());
    String[] tags = IntStream.range(0, 999).mapToObj(i -> "t" + i).toArray(String[]::new);

    assertThat(mapper.terms(mapper.encode("n", note(null, tags))).exact()).hasSize(1_000);
    assertThatThrownBy(() -> mapper.terms(mapper.encode("n", note(1, tags))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1001 index values; allowed are 1000");
  }

  private static double orderOf(@Nullable Object value) {
    ItemMapper<Note> mapper = mapper(notes().orderedBy("rank", Note::size).build());
    // The range index on the same value allows one, so the order is asked for by itself.
    return mapper.score(new Note("n", "s", value, null, List.of()), VERSION);
  }

  @Test
  void theOrderIsThatOfTheFieldOrOfTheSave() {
    assertThat(mapper(notes().build()).score(note(7L), VERSION)).isEqualTo(1_000);
    assertThat(orderOf(7)).isEqualTo(7);
    assertThat(orderOf(Instant.ofEpochSecond(2))).isEqualTo(2_000_000);
    assertThat(orderOf(List.of(9, 4, 6))).isEqualTo(4);
    assertThat(orderOf(List.of("text", 4))).isEqualTo(4);
  }

  @Test
  void itemsWithoutAnOrderComeFirst() {
    assertThat(orderOf(null)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(orderOf("text")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(orderOf(List.of())).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(orderOf(true)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aNumberBeyondADoubleIsLastNotFirst() {
    assertThat(orderOf(new BigDecimal("1E+400"))).isEqualTo(Double.MAX_VALUE);
    assertThat(orderOf(new BigDecimal("-1E+400"))).isEqualTo(-Double.MAX_VALUE);
  }

  @Test
  void declaredFieldsAreAskedOfTheItemAndOthersOfItsStoredForm() {
    ItemMapper<Note> mapper = mapper(notes().orderedBy("rank", Note::size).build());
    Note note = note(7L, "a");

    ItemFields fields = mapper.fields(mapper.encode("given", note));

    assertThat(fields.value("session")).isEqualTo("s1");
    assertThat(fields.value("rank")).isEqualTo(7L);
    assertThat(fields.value("id")).isEqualTo("given");
    assertThat(fields.value("session_id")).isEqualTo("s1");
    assertThat(fields.value("sessionId")).isNull();
    assertThat(fields.value("tags")).isEqualTo(List.of("a"));
  }

  @Test
  void documentsAreTheirOwnFields() {
    ItemMapper<Document> mapper = mapper(ItemType.documents("d").index("a.b").build());
    Document document = Document.of(Map.of("id", "x", "a", Map.of("b", 5)));
    ItemImage<Document> image = mapper.encode("x", document);
    Version version = Version.of(1, 1);
    StoredRecord record = new StoredRecord(version, mapper.payloads(image).payload(version));

    assertThat(mapper.decode("x", record).item()).isEqualTo(document);
    assertThat(mapper.fields(image).value("a.b")).isEqualTo(5L);
    assertThat(mapper.terms(mapper.encode("x", document)).exact())
        .containsExactly(IndexTerm.exact("a.b", "#5"));
  }

  @Test
  void bytesThatHoldNoItemAreRefused() {
    ItemMapper<Document> documents = mapper(ItemType.documents("d").build());
    ItemMapper<Note> notes = mapper(notes().build());

    for (String bytes : List.of("", "{", "[1]", "null", "7")) {
      StoredRecord record =
          new StoredRecord(Version.of(1, 1), bytes.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> documents.decode("x", record))
          .as(bytes)
          .isInstanceOf(SerializationException.class);
      assertThatThrownBy(() -> notes.decode("x", record))
          .as(bytes)
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void anItemThatTheCodecCannotHoldIsRefused() {
    ItemType<Object> type = ItemType.of("x", Object.class).id(o -> "x").build();

    assertThatThrownBy(() -> mapper(type).encode("x", Map.of("value", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item 'x' cannot be stored as json")
        .hasCauseInstanceOf(SerializationException.class);
  }

  @Test
  void theExpiryNamesTheItem() {
    ItemMapper<Note> mapper = mapper(notes().build());

    assertThat(mapper.expiresAt("n", new Note("n", "s", 1, 60, List.of())))
        .isEqualTo(Instant.ofEpochSecond(60));
    assertThat(mapper.expiresAt("n", note(1))).isNull();
    assertThatThrownBy(() -> mapper.expiresAt("n", new Note("n", "s", 1, -1, List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("item 'n': expires_at is '-1'");
  }

  @Test
  void anUndeclaredFieldOfNullIsAbsent() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", "x");
    fields.put("a", Arrays.asList(null, null));
    fields.put("b", null);
    ItemMapper<Document> mapper = mapper(ItemType.documents("d").index("a", "b").build());

    assertThat(mapper.terms(mapper.encode("x", Document.of(fields))).exact()).isEmpty();
  }

  @Test
  void anIndexThatTheTypeLacksTakesTheFieldOfItsName() {
    ItemType<Note> type = ItemType.of("notes", Note.class).id(Note::id).build();
    StoreDefinition stored =
        new StoreDefinition(
            "json",
            List.of(
                new IndexDefinition("session_id", IndexKind.EXACT),
                new IndexDefinition("tags", IndexKind.EXACT),
                new IndexDefinition("size", IndexKind.RANGE),
                new IndexDefinition("id", IndexKind.EXACT),
                new IndexDefinition("absent", IndexKind.EXACT)),
            null);
    ItemMapper<Note> mapper = new ItemMapper<>(type, new JsonCodec(), LiveDefinition.fixed(stored));

    ItemTerms terms = mapper.terms(mapper.encode("n", note(7L, "a", "b")));

    assertThat(terms.exact())
        .containsExactly(
            IndexTerm.exact("session_id", "s1"),
            IndexTerm.exact("tags", "a"),
            IndexTerm.exact("tags", "b"),
            IndexTerm.exact("id", "n"));
    assertThat(terms.ranges()).containsExactly(new RangePlace(IndexTerm.range("size"), 7));
  }

  @Test
  void anIndexInAnotherKindTakesTheFunctionOfItsName() {
    ItemType<Note> type =
        ItemType.of("notes", Note.class).id(Note::id).index("length", note -> 5).build();
    StoreDefinition stored =
        new StoreDefinition("json", List.of(new IndexDefinition("length", IndexKind.RANGE)), null);
    ItemMapper<Note> mapper = new ItemMapper<>(type, new JsonCodec(), LiveDefinition.fixed(stored));

    assertThat(mapper.terms(mapper.encode("n", note(7L))).ranges())
        .containsExactly(new RangePlace(IndexTerm.range("length"), 5));
  }

  @Test
  void liveTermsFollowTheDefinition() {
    TestClock clock = new TestClock();
    PersistencePort records = new MemoryAdapter(clock).store("notes").records();
    ItemType<Note> type = notes().build();
    Duration grace = Duration.ofMinutes(1);
    LiveDefinition live =
        LiveDefinition.opened(records, type.definition("json"), () -> {}, clock, grace);
    ItemMapper<Note> mapper = new ItemMapper<>(type, new JsonCodec(), live);
    Note note = note(7L, "a");
    Supplier<ItemTerms> terms = mapper.liveTerms(mapper.encode("n", note));
    ItemTerms before = terms.get();
    String stored = records.definition().orElseThrow();
    records.redefine(stored, stored + "building exact session_id\n");

    assertThat(terms.get()).as("within the lease").isSameAs(before);
    clock.move(grace);
    assertThat(terms.get().exact()).contains(IndexTerm.exact("session_id", "s1"));
  }

  @Test
  void aNewIndexThatCannotHoldTheItemRefusesItForGood() {
    TestClock clock = new TestClock();
    PersistencePort records = new MemoryAdapter(clock).store("notes").records();
    ItemType<Note> type = ItemType.of("notes", Note.class).id(Note::id).build();
    LiveDefinition live =
        LiveDefinition.opened(
            records, type.definition("json"), () -> {}, clock, Duration.ofMinutes(1));
    ItemMapper<Note> mapper = new ItemMapper<>(type, new JsonCodec(), live);
    Note note = note(List.of(1L, 2L));
    Supplier<ItemTerms> terms = mapper.liveTerms(mapper.encode("n", note));
    String stored = records.definition().orElseThrow();
    records.redefine(stored, stored + "building range size\n");
    clock.move(Duration.ofMinutes(1));

    assertThatThrownBy(terms::get)
        .isInstanceOfSatisfying(
            AdapterException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.isTransient()).isFalse();
            })
        .hasMessageContaining("item 'n' cannot be indexed")
        .hasMessageContaining("2 values");
  }

  record Numbered(long id, String text) {}

  @Test
  void anIdThatIsANumberInTheItemIsFoundAsNumberAndAsText() {
    ItemMapper<Numbered> mapper =
        mapper(
            ItemType.of("numbered", Numbered.class).id(item -> String.valueOf(item.id())).build());

    ItemFields fields = mapper.fields(mapper.encode("5", new Numbered(5, "x")));

    assertThat(FieldValues.of(fields.value("id"))).isEqualTo(FieldValues.of(List.of("5", 5)));
  }

  @Test
  void anotherNumberUnderTheNameIdIsNotTheId() {
    ItemMapper<Numbered> mapper =
        mapper(ItemType.of("numbered", Numbered.class).id(Numbered::text).build());

    ItemFields fields = mapper.fields(mapper.encode("x", new Numbered(5, "x")));

    assertThat(fields.value("id")).isEqualTo("x");
  }
}
