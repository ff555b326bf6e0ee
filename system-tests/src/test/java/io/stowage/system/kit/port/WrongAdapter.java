package io.stowage.system.kit.port;

import io.stowage.spi.AtomicPort;
import io.stowage.spi.BlobPort;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.LeasePort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Adapters that are wrong on purpose, each with the clauses that must catch it. */
@SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list, and functions without a state
enum WrongAdapter {
  FORGETS_TO_REMOVE_ENTRIES(indexes(WrongIndexes::forgettingToRemove), "p404", "p410"),
  LOSES_THE_SECOND_TERM_OF_AN_ITEM(indexes(WrongIndexes::losingTheSecondTerm), "p407"),
  KEEPS_THE_FIRST_SCORE(indexes(WrongIndexes::keepingTheFirstScore), "p403"),
  ROUNDS_SCORES(indexes(WrongIndexes::roundingScores), "p433"),
  CUTS_LONG_VALUES(indexes(WrongIndexes::cuttingValues), "p505"),
  DROPS_TIES_AT_PAGE_ENDS(indexes(WrongIndexes::droppingTiesAtPageEnds), "p426", "p428"),
  REPEATS_THE_LAST_ENTRY_OF_A_PAGE(indexes(WrongIndexes::repeatingThePlace), "p426"),
  EXCLUDES_BOUNDS(indexes(WrongIndexes::excludingBounds), "p430"),
  ORDERS_TIES_BY_UTF_16(indexes(WrongIndexes::orderingTiesByText), "p422"),
  IGNORES_THE_DIRECTION(indexes(WrongIndexes::readingOneDirection), "p424"),
  MIXES_UP_READS(indexes(WrongIndexes::mixingUpReads), "p434"),
  COUNTS_WHOLE_TERMS(indexes(WrongIndexes::countingWholeTerms), "p409"),
  IGNORES_TTL(records(WrongRecords::ignoringTtl), "p221", "p223"),
  KEEPS_THE_OLD_TTL(records(WrongRecords::keepingTheOldTtl), "p223", "p227"),
  FORGETS_THE_EXPIRY_TO_KEEP(records(WrongRecords::forgettingTheKeptExpiry), "p551", "p553"),
  SHORTENS_THE_EXPIRY_TO_EXTEND(records(WrongRecords::settingTheExtendedExpiry), "p552", "p553"),
  FORGETS_THE_EXPIRY_TO_KEEP_IN_A_BATCH(batches(WrongBatches::forgettingTheKeptExpiry), "p554"),
  SERVES_EXPIRED_ITEMS(records(WrongRecords::servingExpired), "p224"),
  REMOVES_ON_A_PAST_EXPIRY(records(WrongRecords::removingOnAPastExpiry), "p129"),
  CHECKS_THEN_ACTS(records(WrongRecords::checkingThenActing), "p601", "p602"),
  IGNORES_PRECONDITIONS(records(WrongRecords::ignoringPreconditions), "p122", "p124", "p125"),
  IGNORES_THE_GRACE_PERIOD(records(WrongRecords::ignoringGrace), "p109", "p128"),
  COMPARES_VERSIONS_SIGNED(records(WrongRecords::comparingSigned), "p107"),
  ANSWERS_NO_REPLACED_VERSION(records(WrongRecords::answeringNoReplacedVersion), "p102"),
  COMMITS_BACKWARDS(records(WrongRecords::committingBackwards), "p112"),
  TRUNCATES_LARGE_BATCHES(records(WrongRecords::truncatingBatches), "p114"),
  REMOVES_WHATEVER_VERSION(records(WrongRecords::removingWhateverVersion), "p204"),
  TOUCHES_WHATEVER_VERSION(records(WrongRecords::touchingWhateverVersion), "p233"),
  IGNORES_TOUCHES(records(WrongRecords::ignoringTouches), "p231"),
  SHARES_GIVEN_ARRAYS(records(WrongRecords::sharingGivenArrays), "p521"),
  SHARES_ANSWERED_ARRAYS(records(WrongRecords::sharingAnsweredArrays), "p522"),
  ANSWERS_OUT_OF_ORDER(records(WrongRecords::answeringOutOfOrder), "p302"),
  SCANS_ONE_PART(records(WrongRecords::scanningOnePart), "p321"),
  FOLDS_THE_CASE_OF_IDS(records(WrongRecords::foldingCase), "p501"),
  LETS_THE_LAST_DEFINITION_WIN(records(WrongRecords::redefining), "p311"),
  TELLS_MILLISECONDS(records(WrongRecords::tellingMillis), "p314"),
  COMMITS_BEFORE_IT_ADDS(ports(CommittingFirst::new), "p465"),
  CHANGES_ITS_MIND_ABOUT_INTERSECTIONS(ports(WrongAdapter::changingItsMind), "p451"),
  APPLIES_A_PART_OF_A_BATCH(batches(WrongBatches::applyingAPart), "p803", "p804"),
  REMOVES_WHATEVER_VERSION_IN_A_BATCH(batches(WrongBatches::ignoringExpectedRemovals), "p804"),
  MIXES_BATCHES(batches(WrongBatches::checkingThenActing), "p813", "p815"),
  HOLDS_A_LEASE_FOR_EVER(leases(WrongLeases::lasting), "p823"),
  LETS_ANYBODY_RELEASE(leases(WrongLeases::releasedByAnybody), "p822"),
  LETS_TWO_HOLD_A_LEASE(leases(WrongLeases::sharing), "p821", "p826"),
  FORGETS_A_TERM(indexes(WrongIndexes::forgettingATerm), "p845"),
  ANSWERS_THE_SCORE_ASKED_WITH(indexes(WrongIndexes::echoingScores), "p843"),
  REDEFINES_WHATEVER_IS_STORED(records(WrongRecords::redefiningBlindly), "p841", "p842"),
  REPLACES_BLOBS(blobs(WrongBlobs::replacing), "p872"),
  TAKES_BLOBS_FOR_TEXT(blobs(WrongBlobs::takingThemForText), "p871"),
  REMOVES_BLOBS_WITHOUT_A_LOOK(blobs(WrongBlobs::removingWithoutALook), "p873"),
  KEEPS_BLOBS_AS_DEFINITIONS(ports(WrongAdapter::keepingBlobsAsDefinitions), "p874"),
  TAKES_ANY_NAME_OF_A_BLOB(blobs(WrongBlobs::takingAnyName), "p875"),
  SHARES_BLOBS(blobs(WrongBlobs::sharing), "p876"),
  CONFIRMS_ONLY_WHAT_IS_NEW(ports(WrongBlobs::confirmingOnlyWhatIsNew), "p865"),
  REPACKS_IN_WORDS_ONLY(records(WrongRecords::repackingInWordsOnly), "p881", "p884"),
  REPACKS_WHATEVER_VERSION(records(WrongRecords::repackingWhateverVersion), "p882", "p884"),
  REPACKS_FOR_EVER(records(WrongRecords::repackingForEver), "p883"),
  READS_RANGES_IN_PARTS(indexes(WrongMoments::readingInParts), "p541"),
  READS_RANGE_BY_RANGE(indexes(WrongMoments::readingRangeByRange), "p550"),
  COUNTS_IN_PARTS(indexes(WrongMoments::countingInParts), "p542"),
  INTERSECTS_TERM_BY_TERM(ports(WrongMoments::intersectingTermByTerm), "p543"),
  REMOVES_REFUSED_ENTRIES(ports(WrongMoments::removingRefusedEntries), "p462", "p544"),
  TAKES_BLIND_TERMS_FOR_EXACT(indexes(WrongIndexes::takingBlindForExact), "p891", "p892"),
  CONFUSES_STORES(right -> new Confusing(right), "p324", "p702"),
  WORKS_AFTER_CLOSE(right -> new Unclosable(right), "p704", "p705");

  private final UnaryOperator<StorageAdapter> fault;
  private final List<String> clauses;

  WrongAdapter(UnaryOperator<StorageAdapter> fault, String... clauses) {
    this.fault = fault;
    this.clauses = List.of(clauses);
  }

  /** The numbers of the clauses that this adapter breaks. */
  List<String> clauses() {
    return clauses;
  }

  /** The wrong adapter, over a right one. */
  StorageAdapter over(StorageAdapter right) {
    return fault.apply(right);
  }

  private static UnaryOperator<StorageAdapter> ports(UnaryOperator<StorePorts> change) {
    return right -> new AdapterOver(right, change);
  }

  private static UnaryOperator<StorageAdapter> records(UnaryOperator<PersistencePort> change) {
    return ports(
        right ->
            new PortsOver(right) {
              private final PersistencePort changed = change.apply(right.records());

              @Override
              public PersistencePort records() {
                return changed;
              }
            });
  }

  private static UnaryOperator<StorageAdapter> indexes(UnaryOperator<IndexPort> change) {
    return ports(
        right ->
            new PortsOver(right) {
              private final IndexPort changed = change.apply(right.indexes());

              @Override
              public IndexPort indexes() {
                return changed;
              }
            });
  }

  private static UnaryOperator<StorageAdapter> leases(UnaryOperator<LeasePort> change) {
    return ports(
        right ->
            new PortsOver(right) {
              private final LeasePort changed = change.apply(right.leases());

              @Override
              public LeasePort leases() {
                return changed;
              }
            });
  }

  private static UnaryOperator<StorageAdapter> blobs(UnaryOperator<BlobPort> change) {
    return ports(
        right ->
            new PortsOver(right) {
              private final BlobPort changed = change.apply(right.blobs());

              @Override
              public BlobPort blobs() {
                return changed;
              }
            });
  }

  private static UnaryOperator<StorageAdapter> batches(Function<StorePorts, AtomicPort> change) {
    return ports(
        right ->
            new PortsOver(right) {
              @Override
              public Optional<AtomicPort> atomic() {
                return Optional.of(change.apply(right));
              }
            });
  }

  private static StorePorts keepingBlobsAsDefinitions(StorePorts right) {
    PersistencePort records = right.records();
    BlobPort defining =
        new BlobsOver(right.blobs()) {
          @Override
          public void put(String name, byte[] bytes) {
            super.put(name, bytes);
            records.define(name);
          }
        };
    return new PortsOver(right) {
      @Override
      public BlobPort blobs() {
        return defining;
      }
    };
  }

  private static StorePorts changingItsMind(StorePorts right) {
    return new PortsOver(right) {
      private boolean asked;

      @Override
      public Optional<IntersectionPort> intersections() {
        boolean first = !asked;
        asked = true;
        return first ? right.intersections() : Optional.empty();
      }
    };
  }

  /** Takes a store's name for the first letters of it. */
  private static final class Confusing extends AdapterOver {

    Confusing(StorageAdapter right) {
      super(right, UnaryOperator.identity());
    }

    @Override
    public StorePorts store(String store) {
      return right.store(store.substring(0, Math.min(33, store.length())));
    }
  }

  /** Closes nothing. */
  private static final class Unclosable extends AdapterOver {

    Unclosable(StorageAdapter right) {
      super(right, UnaryOperator.identity());
    }

    @Override
    public void close() {
      // This is the fault.
    }
  }
}
