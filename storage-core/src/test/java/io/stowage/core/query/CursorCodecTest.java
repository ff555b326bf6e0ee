package io.stowage.core.query;

import static io.stowage.api.Filter.and;
import static io.stowage.api.Filter.eq;
import static io.stowage.api.Filter.exists;
import static io.stowage.api.Filter.in;
import static io.stowage.api.Filter.missing;
import static io.stowage.api.Filter.nin;
import static io.stowage.api.Filter.not;
import static io.stowage.api.Filter.or;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Cursor;
import io.stowage.api.FieldValue;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.Version;
import io.stowage.core.item.Place;
import io.stowage.spi.EntryRef;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorCodecTest {

  private static final Query QUERY = Query.where("kind").is("a").oldestFirst();
  private static final Place PLACE = place("item-7", Version.of(123_456, 7), 42.5, 42.5);

  private final CursorCodec codec = new CursorCodec("things");

  private static Place place(String id, Version version, double score, @Nullable Object value) {
    return new Place(new EntryRef(id, version, score), FieldValue.of(value).orElse(null));
  }

  private void assertRefused(Query query, Cursor cursor) {
    assertThatThrownBy(() -> codec.read(query, cursor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cursor '")
        .hasMessageEndingWith("; allowed is Page.next() of the same query");
  }

  static Stream<Place> places() {
    return Stream.of(
        PLACE,
        place("ä€𝄞", new Version(-1L), Double.NEGATIVE_INFINITY, null),
        place("x".repeat(4_096), new Version(0), Double.POSITIVE_INFINITY, null),
        place(" ", Version.of(1, 4_095), -0.0, 0),
        place("y", Version.of(1, 0), Double.MIN_VALUE, new BigDecimal("1E-400")),
        place("n", Version.of(1, 0), 1e18, 1_000_000_000_000_000_001L),
        place("t", Version.of(1, 0), 5e14, Instant.parse("1985-11-05T00:53:20.000000007Z")));
  }

  @ParameterizedTest
  @MethodSource("places")
  void aPlaceIsReadAsItWasWritten(Place place) {
    Cursor cursor = codec.write(QUERY, place);

    assertThat(codec.read(QUERY, cursor)).isEqualTo(place);
    assertThat(cursor.token()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void theLimitMayChangeBetweenPages() {
    assertThat(codec.read(QUERY.limit(7), codec.write(QUERY.limit(3), PLACE))).isEqualTo(PLACE);
  }

  @Test
  void anotherOrderOrStoreIsRefused() {
    Cursor cursor = codec.write(QUERY, PLACE);

    assertRefused(QUERY.newestFirst(), cursor);
    assertRefused(QUERY, new CursorCodec("other").write(QUERY, PLACE));
    assertThatThrownBy(() -> codec.read(QUERY.newestFirst(), cursor))
        .hasMessageContaining("belongs to another query or store");
  }

  @Test
  void everyFilterHasItsOwnCursor() {
    List<Filter> filters =
        List.of(
            Filter.all(),
            eq("a", "b"),
            eq("a", "c"),
            eq("ab", ""),
            eq("a", 1),
            eq("a", "1"),
            Filter.ne("a", "b"),
            Filter.gt("a", "b"),
            in("a", List.of("b", "c")),
            in("a", List.of("bc")),
            nin("a", List.of("b", "c")),
            exists("a"),
            missing("a"),
            not(eq("a", "b")),
            and(eq("a", "b"), or(eq("a", "c"), eq("a", "d"))),
            and(or(eq("a", "b"), eq("a", "c")), eq("a", "d")),
            and(eq("a", "b"), eq("a", "c"), eq("a", "d")));
    Set<Cursor> cursors = new HashSet<>();
    for (Filter filter : filters) {
      cursors.add(codec.write(Query.matching(filter), PLACE));
    }

    assertThat(cursors).hasSameSizeAs(filters);
    for (Filter filter : filters.subList(1, filters.size())) {
      assertRefused(Query.matching(filter), codec.write(Query.all(), PLACE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "AAAA", "!!!", "not a cursor", "////", "AQ"})
  void garbageIsRefused(String token) {
    assertRefused(QUERY, new Cursor(token));
    assertThatThrownBy(() -> codec.read(QUERY, new Cursor(token)))
        .hasMessageContaining("'" + token + "' is damaged");
  }

  @Test
  void aLongTokenIsShownInPart() {
    assertThatThrownBy(() -> codec.read(QUERY, new Cursor("A".repeat(5_000))))
        .hasMessageContaining("cursor '" + "A".repeat(40) + "…'");
  }

  @Test
  void everyTruncationIsRefused() {
    String token = codec.write(QUERY, PLACE).token();
    for (int length = 1; length < token.length(); length++) {
      assertRefused(QUERY, new Cursor(token.substring(0, length)));
    }
  }

  @Test
  void everyFlippedBitIsRefused() {
    byte[] bytes = Base64.getUrlDecoder().decode(codec.write(QUERY, PLACE).token());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(QUERY, new Cursor(Base64.getUrlEncoder().encodeToString(damaged)));
    }
  }

  @Test
  void aPlaceThatIsNoNumberIsRefused() {
    byte[] bytes = Base64.getUrlDecoder().decode(codec.write(QUERY, PLACE).token());
    ByteBuffer.wrap(bytes).putDouble(9, Double.NaN);

    assertRefused(QUERY, new Cursor(Base64.getUrlEncoder().encodeToString(bytes)));
  }

  @Test
  void theOrderInWhichConditionsAndValuesAreGivenDoesNotMatter() {
    Filter kinds = in("kind", List.of("a", "b", "c"));
    List<Filter> same =
        List.of(
            and(kinds, exists("size"), or(eq("n", 1), missing("n"))),
            and(or(missing("n"), eq("n", 1.0)), exists("size"), in("kind", List.of("c", "a", "b"))),
            and(and(exists("size"), kinds), or(or(in("n", List.of(1)), missing("n")))),
            not(not(and(kinds, exists("size"), or(eq("n", 1), missing("n")), exists("size")))));
    for (Filter written : same) {
      Cursor cursor = codec.write(Query.matching(written).oldestFirst(), PLACE);
      for (Filter read : same) {
        assertThat(codec.read(Query.matching(read).oldestFirst(), cursor)).isEqualTo(PLACE);
      }
    }
  }
}
