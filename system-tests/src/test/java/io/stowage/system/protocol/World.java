package io.stowage.system.protocol;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Version;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.item.ItemTerms;
import io.stowage.core.protocol.CleanUp;
import io.stowage.core.protocol.ReadRepair;
import io.stowage.core.protocol.Retirement;
import io.stowage.core.protocol.VersionClock;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.Commit;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One item with one of two index terms, in the heap, under a clock that moves only when told to: a
 * microsecond with every version, and past the grace period of a version when that grows old.
 */
final class World {

  static final String ID = "item";
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static final ItemType<Document> TYPE = ItemType.documents("race").index("term").build();
  private static final ItemMapper<Document> MAPPER = new ItemMapper<>(TYPE, new JsonCodec());

  final Rules rules;
  final StorePorts ports;
  final VersionClock clock;
  final Retirement<Document> retirement;
  final ReadRepair repair;
  final List<Commit> wire = new ArrayList<>();
  final List<Version> young = new ArrayList<>();
  int expiriesLeft = 1;
  private Instant now = START;

  World(Rules rules, CleanUp cleanUp) {
    this.rules = rules;
    MemoryAdapter adapter = new MemoryAdapter(() -> now);
    ports = adapter.store("race");
    clock = new VersionClock(() -> now, () -> 0);
    retirement = new Retirement<>(ports.indexes(), cleanUp, MAPPER);
    Duration repairGrace = rules == Rules.REPAIR_ONLY_OLD_BROKEN ? Duration.ZERO : GRACE;
    repair = new ReadRepair(ports, clock, cleanUp, repairGrace);
  }

  ItemMapper<Document> mapper() {
    return MAPPER;
  }

  static Document item(int term) {
    return Document.of(Map.of("id", ID, "term", String.valueOf(term)));
  }

  Duration commitGrace() {
    return rules == Rules.REFUSE_OLD_BROKEN ? Duration.ofDays(36_500) : GRACE;
  }

  Version pick() {
    now = now.plus(1, ChronoUnit.MICROS);
    Version version = clock.next();
    young.add(version);
    return version;
  }

  /** Lets the oldest version that is not older than the grace period become so. */
  void age() {
    Version oldest = young.remove(0);
    now = oldest.instant().plus(GRACE).plus(1, ChronoUnit.MICROS);
  }

  List<IndexEntry> entries() {
    List<IndexEntry> entries = new ArrayList<>();
    for (int term = 0; term < 2; term++) {
      IndexTerm indexTerm = IndexTerm.exact("term", String.valueOf(term));
      List<EntryRef> refs =
          ports.indexes().read(IndexRange.all(indexTerm), Direction.ASCENDING, null, 1_000);
      refs.forEach(ref -> entries.add(new IndexEntry(indexTerm, ref)));
    }
    return entries;
  }

  @Nullable Version storedVersion() {
    return ports.records().versions(List.of(ID)).get(0);
  }

  /** Whether the current record's index entries are all present. */
  boolean invariantHolds() {
    StoredRecord record = ports.records().read(List.of(ID)).get(0);
    if (record == null) {
      return true;
    }
    ItemTerms terms = MAPPER.terms(MAPPER.decode(ID, record));
    return entries().containsAll(terms.entries(ID, record.version()));
  }
}
