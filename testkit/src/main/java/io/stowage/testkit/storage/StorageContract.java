package io.stowage.testkit.storage;

import io.stowage.api.Durability;
import io.stowage.api.StoragePlatform;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The contract of {@link io.stowage.api.Storage}: one test for each clause of {@code CONTRACT.md},
 * part B, whose id the test's name begins with.
 *
 * <p>Extend it, answer a platform, and run it with JUnit Jupiter:
 *
 * <pre>{@code
 * class MyAdapterStorageTest extends StorageContract {
 *   @Override
 *   protected StoragePlatform openPlatform() {
 *     return StoragePlatform.builder().uri("my://localhost").adapter("my").open();
 *   }
 * }
 * }</pre>
 *
 * <p>Every test uses stores of names that nobody used before, and leaves its items behind. The
 * tests of one class share one platform, and run beside each other as {@link
 * io.stowage.testkit.contract.Clause} says; two classes may run at the same time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class StorageContract
    implements WriteClauses,
        ConditionalWriteClauses,
        UpdateClauses,
        ReadClauses,
        FilterOperatorClauses,
        FilterValueClauses,
        FilterMapClauses,
        IndexClauses,
        OrderClauses,
        PagingClauses,
        StreamAndCountClauses,
        BulkDeleteClauses,
        TtlClauses,
        ExpiresAtClauses,
        TtlTableClauses,
        AliasingClauses,
        HostileClauses,
        DefinitionClauses,
        ConcurrencyClauses,
        AsyncClauses,
        RefusalClauses,
        AtomicBatchClauses,
        AtomicRaceClauses,
        DurabilityClauses,
        SweepClauses,
        DoctorClauses,
        ReindexClauses,
        StoredFormClauses,
        SchemaClauses,
        StoredValueClauses,
        KeptValueClauses,
        MovingClauses,
        PathClauses {

  private final ContractStores stores = new ContractStores(this::openPlatform);

  /** For subclasses. */
  protected StorageContract() {}

  /**
   * Opens a platform with the adapter under test and the default settings. Called once for most
   * tests, and again for those that close it, by several threads if tests run in parallel.
   */
  protected abstract StoragePlatform openPlatform();

  /**
   * A durability level that the backend reaches at any time, if it has replicas that confirm
   * writes. Empty, as it is unless overridden, checks only what holds without replicas.
   */
  @Override
  public Optional<Durability> reachableDurability() {
    return Optional.empty();
  }

  @Override
  public final ContractStores stores() {
    return stores;
  }

  @AfterAll
  final void closePlatform() {
    stores.close();
  }
}
