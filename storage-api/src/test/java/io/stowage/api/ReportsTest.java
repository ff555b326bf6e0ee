package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.StoreDefinition.IndexDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private static final IndexDefinition TYPE = new IndexDefinition("type", IndexKind.EXACT);
  private static final IndexDefinition TYPE_RANGE = new IndexDefinition("type", IndexKind.RANGE);
  private static final IndexDefinition SIZE = new IndexDefinition("size", IndexKind.RANGE);

  private static DoctorReport report(Map<Kind, Long> counts) {
    return new DoctorReport(1, 2, counts, List.of(), 0, 0, Duration.ZERO);
  }

  @Test
  void aStoreWithHarmlessFindingsIsHealthyAndNotClean() {
    assertThat(report(Map.of()).isClean()).isTrue();
    assertThat(report(Map.of()).isHealthy()).isTrue();
    for (Kind kind : Kind.values()) {
      DoctorReport report = report(Map.of(kind, 3L));
      assertThat(report.isClean()).as("%s", kind).isFalse();
      assertThat(report.isHealthy()).as("%s", kind).isEqualTo(kind.isHarmless());
      assertThat(report.count(kind)).isEqualTo(3);
    }
    assertThat(report(Map.of(Kind.DEAD_ENTRY, 1L, Kind.MISSING_ENTRY, 1L)).isHealthy()).isFalse();
    assertThat(report(Map.of()).count(Kind.NO_TTL)).isZero();
  }

  @Test
  void entriesThatNoQueryReadsAreHarmless() {
    assertThat(Kind.values())
        .filteredOn(Kind::isHarmless)
        .containsExactly(Kind.DEAD_ENTRY, Kind.OLD_ENTRIES, Kind.UNKNOWN_INDEX);
  }

  @Test
  void reportsAreCopies() {
    Map<Kind, Long> counts = new EnumMap<>(Map.of(Kind.NO_TTL, 1L));
    List<Finding> examples = new ArrayList<>(List.of(new Finding(Kind.NO_TTL, "a", "none")));
    DoctorReport report = new DoctorReport(1, 1, counts, examples, 0, 0, Duration.ZERO);
    counts.clear();
    examples.clear();

    assertThat(report.count(Kind.NO_TTL)).isEqualTo(1);
    assertThat(report.examples()).hasSize(1);
  }

  @Test
  void serverReportsAreCopies() {
    List<ServerReport.Server> servers =
        new ArrayList<>(
            List.of(
                new ServerReport.Server(
                    "host:1", "master", "redis", "7.0.15", "noeviction", "aof", 0)));
    List<ServerReport.Problem> problems =
        new ArrayList<>(
            List.of(new ServerReport.Problem(ServerReport.Severity.NOTE, "nothing much")));
    ServerReport report = new ServerReport(servers, problems, Optional.empty());
    servers.clear();
    problems.clear();

    assertThat(report.servers()).hasSize(1);
    assertThat(report.problems()).hasSize(1);
  }

  @Test
  void aDefinitionThatDoesNotChangeDiffersByItsIndexes() {
    StoreDefinition stored = new StoreDefinition("json", List.of(TYPE), null);

    assertThat(stored.isChanging()).isFalse();
    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE), null))).isEmpty();
    assertThat(stored.differences(new StoreDefinition("json", List.of(SIZE), null))).hasSize(2);
    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE_RANGE), null)))
        .hasSize(2);
    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE), "at"))).hasSize(1);
    assertThat(stored.differences(new StoreDefinition("other", List.of(TYPE), null)))
        .as("each item names its codec")
        .isEmpty();
  }

  @Test
  void whileAnIndexIsAddedItMayBeRequestedOrNot() {
    StoreDefinition stored =
        new StoreDefinition("json", List.of(TYPE), null, List.of(SIZE), List.of());

    assertThat(stored.isChanging()).isTrue();
    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE), null))).isEmpty();
    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE, SIZE), null)))
        .isEmpty();
    assertThat(stored.differences(new StoreDefinition("json", List.of(SIZE), null))).hasSize(1);
  }

  @Test
  void whileAnIndexIsDroppedItMayBeRequestedOrNot() {
    StoreDefinition stored =
        new StoreDefinition("json", List.of(TYPE), null, List.of(), List.of(SIZE));

    assertThat(stored.isChanging()).isTrue();
    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE), null))).isEmpty();
    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE, SIZE), null)))
        .isEmpty();
  }

  @Test
  void whileAnIndexChangesItsKindEitherMayBeRequested() {
    StoreDefinition stored =
        new StoreDefinition("json", List.of(TYPE), null, List.of(TYPE_RANGE), List.of());

    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE), null))).isEmpty();
    assertThat(stored.differences(new StoreDefinition("json", List.of(TYPE_RANGE), null)))
        .isEmpty();
    assertThat(stored.differences(new StoreDefinition("json", List.of(), null))).hasSize(1);
  }
}
