package io.stowage.core.query;

import static io.stowage.api.Filter.and;
import static io.stowage.api.Filter.eq;
import static io.stowage.api.Filter.gt;
import static io.stowage.api.Filter.in;
import static io.stowage.api.Filter.lt;
import static io.stowage.api.Filter.not;
import static io.stowage.api.Filter.or;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.ItemType;
import io.stowage.api.Version;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestClock;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.BlobPort;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.LeasePort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

  private static final IndexTerm KIND_A = IndexTerm.exact("kind", "a");
  private static final IndexTerm COLOR_B = IndexTerm.exact("color", "b");
  private static final IndexTerm SIZE = IndexTerm.range("size");

  private final ItemType<Document> type =
      ItemType.documents("things")
          .index("kind", "color")
          .range("size", "at")
          .orderedBy("at")
          .build();
  private final Backend backend = new Backend(new TestClock());
  private final Planner planner = planner(type, backend.store("things"));

  private static Planner planner(ItemType<Document> type, StorePorts ports) {
    ItemMapper<Document> mapper = new ItemMapper<>(type, new JsonCodec());
    return new Planner(
        mapper, new ReadyIndexes(ports, mapper.live(), mapper.type().schemaVersion()));
  }

  /** Ports of a backend that has no more than it must have. */
  private record PlainPorts(StorePorts ports) implements StorePorts {
    @Override
    public PersistencePort records() {
      return ports.records();
    }

    @Override
    public IndexPort indexes() {
      return ports.indexes();
    }

    @Override
    public LeasePort leases() {
      return ports.leases();
    }

    @Override
    public BlobPort blobs() {
      return ports.blobs();
    }
  }

  private void fill(IndexTerm term, int entries) {
    backend
        .undisturbed()
        .store("things")
        .indexes()
        .add(
            IntStream.range(0, entries)
                .mapToObj(i -> new IndexEntry(term, new EntryRef("i" + i, Version.of(i, 0), i)))
                .toList());
  }

  private static Access byIndex(IndexTerm... terms) {
    return new Access.ByIndex(List.of(terms).stream().map(IndexRange::all).toList());
  }

  @Test
  void withoutAnIndexEverythingIsScanned() {
    assertThat(planner.plan(eq("unknown", 1))).isEqualTo(new Plan(new Access.Scan(), false, false));
    assertThat(planner.plan(Filter.all())).isEqualTo(new Plan(new Access.Scan(), true, false));
  }

  @Test
  void oneConditionOnAnExactIndexIsExactAndOrdered() {
    assertThat(planner.plan(eq("kind", "a"))).isEqualTo(new Plan(byIndex(KIND_A), true, true));
    assertThat(planner.plan(and(and(eq("kind", "a")), and())))
        .isEqualTo(new Plan(byIndex(KIND_A), true, true));
    assertThat(backend.disturbance().calls()).as("there was no choice").isEmpty();
  }

  @Test
  void severalValuesOfAnExactIndexAreExactAndOrdered() {
    assertThat(planner.plan(in("kind", List.of("a", "c"))))
        .isEqualTo(new Plan(byIndex(KIND_A, IndexTerm.exact("kind", "c")), true, true));
  }

  @Test
  void aConditionBesideTheIndexedOneMakesThePlanInexact() {
    assertThat(planner.plan(and(eq("kind", "a"), eq("unknown", 1))))
        .isEqualTo(new Plan(byIndex(KIND_A), false, true));
    assertThat(planner.plan(and(eq("kind", "a"), not(eq("kind", "c")))).isExact()).isFalse();
  }

  @Test
  void aRangeIsOrderedOnlyIfItIsOnTheOrderField() {
    assertThat(planner.plan(gt("size", 3)).isOrdered()).isFalse();
    assertThat(planner.plan(gt("at", 3)).isOrdered()).isTrue();
    assertThat(planner.plan(gt("at", 3)).isExact()).isFalse();
    assertThat(planner.plan(or(gt("at", 3), eq("kind", "a"))).isOrdered()).isTrue();
    assertThat(planner.plan(or(gt("size", 3), eq("kind", "a"))).isOrdered()).isFalse();
  }

  @Test
  void withoutAnOrderFieldNoRangeIsOrdered() {
    Planner unordered =
        planner(
            ItemType.documents("things").index("kind").range("at").build(),
            backend.store("things"));

    assertThat(unordered.plan(gt("at", 3)).isOrdered()).isFalse();
    assertThat(unordered.plan(eq("kind", "a")).isOrdered()).isTrue();
  }

  @Test
  void idsGoBeforeEverything() {
    Plan plan = planner.plan(and(eq("kind", "a"), eq("id", "x"), gt("size", 2)));

    assertThat(plan).isEqualTo(new Plan(new Access.ById(List.of("x")), false, false));
    assertThat(backend.disturbance().calls()).isEmpty();
  }

  @Test
  void contradictoryRangesReadNothing() {
    assertThat(planner.plan(and(eq("kind", "a"), gt("size", 9), lt("size", 3))).access())
        .isEqualTo(new Access.ById(List.of()));
    assertThat(planner.plan(in("kind", List.of())))
        .isEqualTo(new Plan(new Access.ById(List.of()), true, false));
  }

  @Test
  void theConditionWithTheFewestEntriesIsChosenInOneRoundTrip() {
    fill(KIND_A, 30);
    fill(COLOR_B, 20);
    fill(SIZE, 100);
    Filter filter = and(eq("kind", "a"), eq("color", "b"), lt("size", 50));

    assertThat(planner.plan(filter)).isEqualTo(new Plan(byIndex(COLOR_B), false, true));
    assertThat(backend.disturbance().calls()).containsExactly(Call.SIZES);

    fill(COLOR_B, 40);
    assertThat(planner.plan(filter)).isEqualTo(new Plan(byIndex(KIND_A), false, true));
  }

  @Test
  void theSizeOfARangeCountsOnlyWhatLiesInIt() {
    fill(KIND_A, 30);
    fill(SIZE, 1_000);

    assertThat(planner.plan(and(eq("kind", "a"), lt("size", 9))).access())
        .isEqualTo(new Access.ByIndex(List.of(new IndexRange(SIZE, Double.NEGATIVE_INFINITY, 9))));
  }

  @Test
  void theSizeOfAUnionIsTheSumOfItsParts() {
    fill(KIND_A, 30);
    fill(IndexTerm.exact("kind", "c"), 30);
    fill(COLOR_B, 50);

    Filter filter = and(in("kind", List.of("a", "c")), eq("color", "b"));

    assertThat(planner.plan(filter).access()).isEqualTo(byIndex(COLOR_B));
  }

  @ParameterizedTest
  @CsvSource({"199, false", "200, true", "1000, true"})
  void exactConditionsAreIntersectedIfTheSmallestIsLarge(int smallest, boolean intersects) {
    fill(KIND_A, smallest);
    fill(COLOR_B, smallest + 1);

    Plan plan = planner.plan(and(eq("kind", "a"), eq("color", "b")));

    assertThat(plan.access() instanceof Access.ByIntersection).isEqualTo(intersects);
    assertThat(plan.isExact()).isEqualTo(intersects);
    assertThat(plan.isOrdered()).isTrue();
    if (plan.access() instanceof Access.ByIntersection intersection) {
      assertThat(Set.copyOf(intersection.terms())).isEqualTo(Set.of(KIND_A, COLOR_B));
    }
  }

  @Test
  void anIntersectionThatCouldBeTooLargeIsNotTried() {
    fill(KIND_A, 100_000);
    fill(COLOR_B, 100_001);
    Filter filter = and(eq("kind", "a"), eq("color", "b"));
    assertThat(planner.plan(filter).access()).isInstanceOf(Access.ByIntersection.class);

    fill(KIND_A, 100_001);

    assertThat(planner.plan(filter).access()).isEqualTo(byIndex(KIND_A));
  }

  @Test
  void anIntersectionWithMoreConditionsIsNotExact() {
    fill(KIND_A, 300);
    fill(COLOR_B, 300);

    Plan withOther = planner.plan(and(eq("kind", "a"), eq("color", "b"), eq("unknown", 1)));
    Plan twice = planner.plan(and(eq("kind", "a"), eq("color", "b"), eq("kind", "a")));

    assertThat(withOther.access()).isInstanceOf(Access.ByIntersection.class);
    assertThat(withOther.isExact()).isFalse();
    assertThat(twice.isExact()).isFalse();
  }

  @Test
  void oneTermTwiceIsNoIntersection() {
    fill(KIND_A, 300);

    assertThat(planner.plan(and(eq("kind", "a"), eq("kind", "a"))).access())
        .isEqualTo(byIndex(KIND_A));
  }

  @Test
  void aSmallRangeGoesBeforeAnIntersection() {
    fill(KIND_A, 1_000);
    fill(COLOR_B, 1_000);
    fill(SIZE, 1_000);

    Plan plan = planner.plan(and(eq("kind", "a"), eq("color", "b"), lt("size", 250)));

    assertThat(plan.access())
        .isEqualTo(
            new Access.ByIndex(List.of(new IndexRange(SIZE, Double.NEGATIVE_INFINITY, 250))));
  }

  @Test
  void aBackendThatCannotIntersectIsNotAskedTo() {
    fill(KIND_A, 300);
    fill(COLOR_B, 400);
    Planner plain = planner(type, new PlainPorts(backend.store("things")));

    assertThat(plain.plan(and(eq("kind", "a"), eq("color", "b"))))
        .isEqualTo(new Plan(byIndex(KIND_A), false, true));
  }

  @Test
  void theSmallestSizeIsAnEstimate() {
    fill(KIND_A, 30);
    fill(COLOR_B, 20);

    assertThat(planner.smallestSize(and(eq("kind", "a"), eq("color", "b")))).isEqualTo(20);
    assertThat(planner.smallestSize(in("id", List.of("x", "y")))).isEqualTo(2);
    assertThat(planner.smallestSize(and(gt("size", 9), lt("size", 3)))).isZero();
    assertThat(planner.smallestSize(eq("unknown", 1))).isNegative();
  }

  @Test
  void eachBranchOfAnOrTakesItsSmallestCondition() {
    fill(KIND_A, 30);
    fill(COLOR_B, 2);
    Filter branch = and(eq("kind", "a"), eq("color", "b"));
    Filter turned = and(eq("color", "b"), eq("kind", "a"));

    for (Filter or : List.of(or(branch, eq("id", "x")), or(turned, eq("id", "x")))) {
      assertThat(planner.plan(or).access())
          .isEqualTo(new Access.Union(List.of("x"), List.of(IndexRange.all(COLOR_B))));
    }
    assertThat(planner.smallestSize(or(branch, eq("id", "x")))).isEqualTo(3);
    assertThat(planner.plan(and(or(branch, turned), gt("size", 3))).access())
        .as("the range has no entries")
        .isEqualTo(new Access.ByIndex(List.of(new IndexRange(SIZE, 3, Double.POSITIVE_INFINITY))));
  }

  /** Each level doubles the work of a planner that looks at what is within more than once. */
  @Test
  void theDeepestFilterIsPlannedAtOnce() {
    fill(COLOR_B, 3); // so that what is nested is the smallest at every level
    Filter deep = eq("kind", "a");
    for (int i = 0; i < Filter.MAX_DEPTH / 2; i++) {
      deep = and(eq("color", "b"), or(deep, eq("kind", "c")));
    }
    Filter deepest = deep;

    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> planner.plan(deepest));
  }
}
