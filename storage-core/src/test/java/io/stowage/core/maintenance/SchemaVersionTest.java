package io.stowage.core.maintenance;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.ReindexReport;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.core.support.CapturedLog;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.IndexTerm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a store of items comes to another schema version, step by step. */
class SchemaVersionTest {

  private static final String STORE = "messages";
  private static final StoreOptions BRIEF =
      StoreOptions.builder()
          .gracePeriod(Duration.ofMillis(100))
          .batchSize(10)
          .sweepEvery(Duration.ZERO)
          .build();

  private final MemoryAdapter memory = new MemoryAdapter(InstantSource.system());
  private final StowagePlatform platform = StowagePlatform.over(memory, new JsonCodec());
  private final AtomicInteger upcasts = new AtomicInteger();

  @AfterEach
  void close() {
    platform.close();
  }

  private static ItemType<Document> first() {
    return ItemType.documents(STORE).index("content").build();
  }

  private ItemType.DocumentBuilder reshaped() {
    return ItemType.documents(STORE)
        .index("content")
        .upcast(
            1,
            old -> {
              upcasts.incrementAndGet();
              return old.with("content", old.get("text")).without("text");
            });
  }

  private Storage<Document> open(ItemType<Document> type) {
    return platform.store(type, BRIEF);
  }

  private Maintenance maintenance(ItemType<Document> type) {
    return platform.maintenance(type, BRIEF);
  }

  private int definedVersion() {
    return platform.definition(STORE).orElseThrow().schemaVersion();
  }

  private void fill(int items) {
    Storage<Document> storage = open(first());
    for (int i = 0; i < items; i++) {
      storage.save(Document.of(Map.of("id", "i" + i, "text", "t" + i % 3, "content", "old")));
    }
  }

  private List<IndexTerm> terms() {
    return memory.store(STORE).indexes().terms("", 1_000).terms();
  }

  @Test
  void openingTellsWhatIsToBeDone() {
    fill(1);
    try (CapturedLog log = new CapturedLog()) {
      open(reshaped().build());
      assertThat(log.text())
          .contains("'messages'")
          .contains("schema version 1")
          .contains("reindex");
    }
    maintenance(reshaped().build()).reindex(progress -> {});
    try (CapturedLog log = new CapturedLog()) {
      open(reshaped().build());
      assertThat(log.text()).isEmpty();
      open(first());
      assertThat(log.text()).contains("schema version 2").contains("nothing can be saved");
    }
  }

  @Test
  void aNewStoreIsOfTheVersionOfItsFirstItems() {
    open(reshaped().build()).save(Document.of(Map.of("id", "a", "content", "x")));

    assertThat(definedVersion()).isEqualTo(2);
    assertThat(maintenance(reshaped().build()).check(progress -> {}).isClean()).isTrue();
  }

  @Test
  void entriesOfTheFormerShapeAreRemovedAndTheOthersThere() {
    fill(25);
    assertThat(terms()).containsExactly(IndexTerm.exact("content", "old"));

    ReindexReport report = maintenance(reshaped().build()).reindex(progress -> {});

    assertThat(report.records()).isEqualTo(25);
    assertThat(report.entries()).isEqualTo(25);
    assertThat(report.added()).isEmpty();
    assertThat(terms())
        .containsExactlyInAnyOrder(
            IndexTerm.exact("content", "t0"),
            IndexTerm.exact("content", "t1"),
            IndexTerm.exact("content", "t2"));
    assertThat(maintenance(reshaped().build()).check(progress -> {}).isClean()).isTrue();
    assertThat(maintenance(reshaped().build()).reindex(progress -> {}).records()).isZero();
  }

  @Test
  void indexesAreAddedOnTheWay() {
    fill(5);
    ItemType<Document> wanted = reshaped().index("id").build();

    ReindexReport report = maintenance(wanted).reindex(progress -> {});

    assertThat(report.added()).containsExactly(new IndexDefinition("id", IndexKind.EXACT));
    assertThat(definedVersion()).isEqualTo(2);
    assertThat(maintenance(wanted).check(progress -> {}).isClean()).isTrue();
  }

  @Test
  void aRunThatIsInterruptedIsDoneAgainAndNobodyTrustsEntriesMeanwhile() {
    fill(25);
    Storage<Document> former = open(first());
    ItemType<Document> present = reshaped().build();

    assertThatThrownBy(
            () ->
                maintenance(present)
                    .reindex(
                        progress -> {
                          if (progress.phase().equals("entries")) {
                            throw new IllegalStateException("here it ends");
                          }
                        }))
        .hasMessage("here it ends");

    assertThat(definedVersion()).isEqualTo(1);
    Storage<Document> after = open(present);
    assertThat(after.count(where("content").is("old"))).isZero();
    assertThat(after.count(where("content").is("t1"))).isEqualTo(8);
    assertThat(former.count(where("content").is("old"))).isEqualTo(25);
    assertThatThrownBy(() -> former.save(Document.of(Map.of("id", "late"))))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("schema version 2");
    assertThat(maintenance(present).check(progress -> {}).examples())
        .singleElement()
        .satisfies(finding -> assertThat(finding.detail()).contains("not come to its end"));

    assertThat(maintenance(present).reindex(progress -> {}).isResumed()).isTrue();
    assertThat(definedVersion()).isEqualTo(2);
    assertThat(after.count(where("content").is("t1"))).isEqualTo(8);
  }

  @Test
  void aStoreWithItemsThatCannotBeDecodedStaysWhereItIs() {
    fill(3);
    ItemType<Document> failing =
        ItemType.documents(STORE)
            .index("content")
            .upcast(
                1,
                old -> {
                  throw new IllegalArgumentException("no way");
                })
            .build();

    ReindexReport report = maintenance(failing).reindex(progress -> {});

    assertThat(report.undecodable()).isEqualTo(3);
    assertThat(definedVersion()).isEqualTo(1);
    assertThat(terms()).containsExactly(IndexTerm.exact("content", "old"));
    assertThat(maintenance(reshaped().build()).reindex(progress -> {}).undecodable()).isZero();
    assertThat(definedVersion()).isEqualTo(2);
  }

  @Test
  void aProgramThatRunsUsesTheIndexesOnceTheyAreUpToDate() {
    fill(30);
    StoreOptions forbidding =
        StoreOptions.builder()
            .gracePeriod(BRIEF.gracePeriod())
            .sweepEvery(Duration.ZERO)
            .scanPolicy(ScanPolicy.FORBID)
            .build();
    Storage<Document> storage = platform.store(reshaped().build(), forbidding);
    assertThatThrownBy(() -> storage.count(where("content").is("t0")))
        .hasMessageContaining("schema version");

    maintenance(reshaped().build()).reindex(progress -> {});
    upcasts.set(0);

    assertThat(storage.count(where("content").is("t0"))).isEqualTo(10);
    assertThat(upcasts).as("items that were read to count").hasValue(0);
    assertThat(storage.list(where("content").is("t0"))).hasSize(10);
  }
}
