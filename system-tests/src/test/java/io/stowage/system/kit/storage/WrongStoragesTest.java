package io.stowage.system.kit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.ServerReport;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreOptions;
import io.stowage.testkit.storage.StorageContract;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract fails on storages that are wrong on purpose, with the clause that should see it. */
@Tag("slow")
class WrongStoragesTest {

  static Stream<Arguments> wrongStorages() {
    return Stream.of(
        arguments("s083", LosesSecondValueRun.class),
        arguments("s129", ReturnsExpiredRun.class),
        arguments("s099", IgnoresLimitRun.class),
        arguments("s025", UpdateNotAtomicRun.class),
        arguments("s107", PagesByOffsetRun.class),
        arguments("s093", ForgetsOrderRun.class),
        arguments("s012", SaveAllInsertsRun.class),
        arguments("s192", AppliesAPartRun.class),
        arguments("s196", AppliesAPartRun.class),
        arguments("s193", IgnoresExpectedVersionsRun.class),
        arguments("s194", IgnoresExpectedVersionsRun.class),
        arguments("s213", IgnoresDurabilityRun.class),
        arguments("s221", SweepsNothingRun.class),
        arguments("s225", SweepsBesideOthersRun.class),
        arguments("s275", SweepsNeverFasterRun.class),
        arguments("s232", FindsNothingRun.class),
        arguments("s234", MendsNothingRun.class),
        arguments("s241", ReindexesNothingRun.class),
        arguments("s242", ForgetsWhereItStoppedRun.class),
        arguments("s300", ReindexesInSilenceRun.class),
        arguments("s253", PassesOverInSilenceRun.class),
        arguments("s253", GivesUpAtDamageRun.class),
        arguments("s254", InspectsRecordsOnlyRun.class),
        arguments("s270", ReadsLaterRun.class),
        arguments("s271", CutOffByTheCloseRun.class),
        arguments("s272", BlamesTheCallerRun.class),
        arguments("s273", CursorsByTextRun.class),
        arguments("s274", ForgetsWhatItRemovedRun.class),
        arguments("s266", RenewsWhatItUpdatesRun.class),
        arguments("s267", KeepsTheTtlOfASaveRun.class),
        arguments("s268", ShortensByAReadRun.class),
        arguments("s269", PutsTheTtlBackRun.class),
        arguments("s260", SavesARestRun.class),
        arguments("s261", IndexesWhatIsKnownRun.class),
        arguments("s262", RoundsNumbersRun.class),
        arguments("s263", SavesARestRun.class),
        arguments("s264", TrustsTheMapperRun.class),
        arguments("s265", TrustsTheMapperRun.class),
        arguments("s280", ListsValueByValueRun.class),
        arguments("s281", OrdersByDoublesRun.class),
        arguments("s282", MissesNothingRun.class),
        arguments("s283", PlacesWhatHasNoPlaceRun.class),
        arguments("s284", KnowsNoPlacesRun.class),
        arguments("s285", ComparesSpellingsRun.class),
        arguments("s286", FindsIdsByMomentRun.class),
        arguments("s290", SilentCodecRun.class),
        arguments("s291", TrustsFormerEntriesRun.class),
        arguments("s292", ReindexesNothingRun.class),
        arguments("s293", SaysStoredRun.class),
        arguments("s294", FindsNothingRun.class),
        arguments("s295", TrustsTheMapperRun.class),
        arguments("s296", IndexesWhatIsKnownRun.class));
  }

  @ParameterizedTest
  @MethodSource("wrongStorages")
  void failsWithItsClause(String clause, Class<? extends StorageContract> run) {
    Event failed = only(clause, run);

    assertThat(failed.getRequiredPayload(TestExecutionResult.class))
        .satisfies(
            result ->
                assertThat(result.getThrowable())
                    .as("%s on %s", clause, run.getSimpleName())
                    .hasValueSatisfying(it -> assertThat(it).isInstanceOf(AssertionError.class)));
  }

  @ParameterizedTest
  @MethodSource("wrongStorages")
  void theSameClausePassesWhenForwarded(String clause) {
    Event passed = only(clause, RightRun.class);

    assertThat(passed.getRequiredPayload(TestExecutionResult.class))
        .satisfies(result -> assertThat(result.getThrowable()).isEmpty());
  }

  /** The end of the one test of a clause. */
  private static Event only(String clause, Class<? extends StorageContract> run) {
    Method test =
        Arrays.stream(run.getMethods())
            .filter(method -> method.getName().startsWith(clause + "_"))
            .findFirst()
            .orElseThrow();
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(DiscoverySelectors.selectMethod(run, test.getName()))
            .execute();
    return results.testEvents().finished().list().get(0);
  }

  /** Memory, with every store of documents, or the upkeep of every store, in a wrapping. */
  private abstract static class WrappedRun extends StorageContract {

    private final UnaryOperator<Storage<Document>> wrapping;
    private final UnaryOperator<Maintenance> upkeep;

    WrappedRun(UnaryOperator<Storage<Document>> wrapping) {
      this(wrapping, UnaryOperator.identity());
    }

    WrappedRun(UnaryOperator<Storage<Document>> wrapping, UnaryOperator<Maintenance> upkeep) {
      this.wrapping = wrapping;
      this.upkeep = upkeep;
    }

    @Override
    protected StoragePlatform openPlatform() {
      return new WrappingPlatform(StoragePlatform.open("memory:"), wrapping, upkeep);
    }
  }

  static final class RightRun extends WrappedRun {
    RightRun() {
      super(ForwardingStorage::new);
    }
  }

  static final class LosesSecondValueRun extends WrappedRun {
    LosesSecondValueRun() {
      super(WrongStorages.LosesSecondValue::new);
    }
  }

  static final class ListsValueByValueRun extends WrappedRun {
    ListsValueByValueRun() {
      super(WrongQueries.ListsValueByValue::new);
    }
  }

  static final class OrdersByDoublesRun extends WrappedRun {
    OrdersByDoublesRun() {
      super(WrongQueries.OrdersByDoubles::new);
    }
  }

  static final class MissesNothingRun extends WrappedRun {
    MissesNothingRun() {
      super(WrongQueries.MissesNothing::new);
    }
  }

  static final class PlacesWhatHasNoPlaceRun extends WrappedRun {
    PlacesWhatHasNoPlaceRun() {
      super(WrongQueries.PlacesWhatHasNoPlace::new);
    }
  }

  static final class KnowsNoPlacesRun extends WrappedRun {
    KnowsNoPlacesRun() {
      super(WrongQueries.KnowsNoPlaces::new);
    }
  }

  static final class ComparesSpellingsRun extends WrappedRun {
    ComparesSpellingsRun() {
      super(WrongQueries.ComparesSpellings::new);
    }
  }

  static final class FindsIdsByMomentRun extends WrappedRun {
    FindsIdsByMomentRun() {
      super(WrongQueries.FindsIdsByMoment::new);
    }
  }

  static final class ReturnsExpiredRun extends WrappedRun {
    ReturnsExpiredRun() {
      super(WrongStorages.ReturnsExpired::new);
    }
  }

  static final class IgnoresLimitRun extends WrappedRun {
    IgnoresLimitRun() {
      super(WrongStorages.IgnoresLimit::new);
    }
  }

  static final class UpdateNotAtomicRun extends WrappedRun {
    UpdateNotAtomicRun() {
      super(WrongStorages.UpdateNotAtomic::new);
    }
  }

  static final class PagesByOffsetRun extends WrappedRun {
    PagesByOffsetRun() {
      super(WrongStorages.PagesByOffset::new);
    }
  }

  static final class ForgetsOrderRun extends WrappedRun {
    ForgetsOrderRun() {
      super(WrongStorages.ForgetsOrder::new);
    }
  }

  static final class SaveAllInsertsRun extends WrappedRun {
    SaveAllInsertsRun() {
      super(WrongStorages.SaveAllInserts::new);
    }
  }

  static final class AppliesAPartRun extends WrappedRun {
    AppliesAPartRun() {
      super(WrongStorages.AppliesAPart::new);
    }
  }

  static final class IgnoresExpectedVersionsRun extends WrappedRun {
    IgnoresExpectedVersionsRun() {
      super(WrongStorages.IgnoresExpectedVersions::new);
    }
  }

  static final class IgnoresDurabilityRun extends WrappedRun {
    IgnoresDurabilityRun() {
      super(WrongStorages.IgnoresDurability::new);
    }
  }

  static final class SweepsNothingRun extends WrappedRun {
    SweepsNothingRun() {
      super(ForwardingStorage::new, WrongMaintenance::sweepingNothing);
    }
  }

  static final class SweepsBesideOthersRun extends WrappedRun {
    SweepsBesideOthersRun() {
      super(ForwardingStorage::new, WrongMaintenance::sweepingBesideOthers);
    }

    /** What a wrong storage does not do, it never does. */
    @Override
    public Duration patience() {
      return Duration.ofSeconds(3);
    }
  }

  static final class SweepsNeverFasterRun extends WrappedRun {
    SweepsNeverFasterRun() {
      super(ForwardingStorage::new, WrongMaintenance::sweepingNeverFaster);
    }
  }

  static final class FindsNothingRun extends WrappedRun {
    FindsNothingRun() {
      super(ForwardingStorage::new, WrongMaintenance::findingNothing);
    }
  }

  static final class MendsNothingRun extends WrappedRun {
    MendsNothingRun() {
      super(ForwardingStorage::new, WrongMaintenance::mendingNothing);
    }
  }

  static final class ReindexesNothingRun extends WrappedRun {
    ReindexesNothingRun() {
      super(ForwardingStorage::new, WrongMaintenance::reindexingNothing);
    }
  }

  static final class ForgetsWhereItStoppedRun extends WrappedRun {
    ForgetsWhereItStoppedRun() {
      super(ForwardingStorage::new, WrongMaintenance::forgettingWhereItStopped);
    }
  }

  static final class ReindexesInSilenceRun extends WrappedRun {
    ReindexesInSilenceRun() {
      super(ForwardingStorage::new, WrongMaintenance::passingOverInSilence);
    }
  }

  static final class PassesOverInSilenceRun extends WrappedRun {
    PassesOverInSilenceRun() {
      super(WrongStorages.PassesOverInSilence::new);
    }
  }

  static final class GivesUpAtDamageRun extends WrappedRun {
    GivesUpAtDamageRun() {
      super(WrongStorages.GivesUpAtDamage::new);
    }
  }

  static final class InspectsRecordsOnlyRun extends WrappedRun {
    InspectsRecordsOnlyRun() {
      super(ForwardingStorage::new, WrongMaintenance::inspectingRecordsOnly);
    }
  }

  static final class ReadsLaterRun extends WrappedRun {
    ReadsLaterRun() {
      super(WrongStorages.ReadsLater::new);
    }
  }

  static final class CutOffByTheCloseRun extends WrappedRun {
    CutOffByTheCloseRun() {
      super(WrongStorages.CutOffByTheClose::new);
    }
  }

  static final class BlamesTheCallerRun extends WrappedRun {
    BlamesTheCallerRun() {
      super(WrongStorages.BlamesTheCaller::new);
    }
  }

  static final class ForgetsWhatItRemovedRun extends WrappedRun {
    ForgetsWhatItRemovedRun() {
      super(WrongStorages.ForgetsWhatItRemoved::new);
    }
  }

  static final class RenewsWhatItUpdatesRun extends WrappedRun {
    RenewsWhatItUpdatesRun() {
      super(WrongTtls.RenewsWhatItUpdates::new);
    }
  }

  static final class KeepsTheTtlOfASaveRun extends WrappedRun {
    KeepsTheTtlOfASaveRun() {
      super(WrongTtls.KeepsTheTtlOfASave::new);
    }
  }

  static final class ShortensByAReadRun extends WrappedRun {
    ShortensByAReadRun() {
      super(WrongTtls.ShortensByARead::new);
    }
  }

  static final class PutsTheTtlBackRun extends WrappedRun {
    PutsTheTtlBackRun() {
      super(WrongTtls.PutsTheTtlBack::new);
    }
  }

  static final class CursorsByTextRun extends WrappedRun {
    CursorsByTextRun() {
      super(WrongStorages.CursorsByText::new);
    }
  }

  static final class SavesARestRun extends WrappedRun {
    SavesARestRun() {
      super(LossyStorages.SavesARest::new);
    }
  }

  static final class RoundsNumbersRun extends WrappedRun {
    RoundsNumbersRun() {
      super(LossyStorages.RoundsNumbers::new);
    }
  }

  static final class TrustsTheMapperRun extends StorageContract {
    @Override
    protected StoragePlatform openPlatform() {
      return StoragePlatform.builder()
          .uri("memory:")
          .codec(new LossyStorages.TrustingCodec())
          .open();
    }
  }

  static final class SilentCodecRun extends StorageContract {
    @Override
    protected StoragePlatform openPlatform() {
      return StoragePlatform.builder().uri("memory:").codec(new LossyStorages.SilentCodec()).open();
    }
  }

  static final class SaysStoredRun extends WrappedRun {
    SaysStoredRun() {
      super(LossyStorages.SaysStored::new);
    }
  }

  static final class TrustsFormerEntriesRun extends StorageContract {
    @Override
    protected StoragePlatform openPlatform() {
      return new WrappingPlatform(
          StoragePlatform.open("memory:"), ForwardingStorage::new, UnaryOperator.identity()) {
        @Override
        @SuppressWarnings("unchecked")
        public <T> Storage<T> store(ItemType<T> type, StoreOptions options) {
          Storage<T> right = super.store(type, options);
          return type.schemaVersion() == 1
              ? right
              : (Storage<T>)
                  new LossyStorages.TrustsFormerEntries(
                      (Storage<Document>) right, super.documents(type.store(), options));
        }
      };
    }
  }

  static final class IndexesWhatIsKnownRun extends StorageContract {
    @Override
    protected StoragePlatform openPlatform() {
      return new WrappingPlatform(
          StoragePlatform.open("memory:"), ForwardingStorage::new, UnaryOperator.identity()) {
        @Override
        public <T> Storage<T> store(ItemType<T> type) {
          return super.store(LossyStorages.takingWhatIsKnown(type));
        }
      };
    }
  }

  /** A platform whose stores of documents, and whose upkeep, are wrapped. */
  private static class WrappingPlatform implements StoragePlatform {

    private final StoragePlatform right;
    private final UnaryOperator<Storage<Document>> wrapping;
    private final UnaryOperator<Maintenance> upkeep;

    WrappingPlatform(
        StoragePlatform right,
        UnaryOperator<Storage<Document>> wrapping,
        UnaryOperator<Maintenance> upkeep) {
      this.right = right;
      this.wrapping = wrapping;
      this.upkeep = upkeep;
    }

    @Override
    public <T> Storage<T> store(ItemType<T> type) {
      return store(type, StoreOptions.defaults());
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Storage<T> store(ItemType<T> type, StoreOptions options) {
      Storage<T> storage = right.store(type, options);
      return type.type() == Document.class
          ? (Storage<T>) wrapping.apply((Storage<Document>) storage)
          : storage;
    }

    @Override
    public Storage<Document> documents(String store) {
      return wrapping.apply(right.documents(store));
    }

    @Override
    public Storage<Document> documents(String store, StoreOptions options) {
      return wrapping.apply(right.documents(store, options));
    }

    @Override
    public Optional<StoreDefinition> definition(String store) {
      return right.definition(store);
    }

    @Override
    public <T> Maintenance maintenance(ItemType<T> type, StoreOptions options) {
      return upkeep.apply(right.maintenance(type, options));
    }

    @Override
    public Optional<ServerReport> servers() {
      return right.servers();
    }

    @Override
    public String adapter() {
      return right.adapter();
    }

    @Override
    public void close() {
      right.close();
    }

    @Override
    public void close(Duration timeout) {
      right.close(timeout);
    }
  }
}
