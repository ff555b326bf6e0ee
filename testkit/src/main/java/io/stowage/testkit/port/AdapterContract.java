package io.stowage.testkit.port;

import io.stowage.api.Durability;
import io.stowage.spi.StorageAdapter;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The contract of an adapter. A subclass says how to open the adapter and inherits a test for each
 * clause:
 *
 * <pre>{@code
 * class MyAdapterContractTest extends AdapterContract {
 *   @Override
 *   protected StorageAdapter openAdapter() {
 *     return new MyAdapterProvider().connect(settings);
 *   }
 * }
 * }</pre>
 *
 * <p>Each test has a store of its own, of a random name, so tests may run in parallel and on a
 * backend that holds other data. What they store is left there: use a backend that can be thrown
 * away. Time passes by the backend's clock; tests use TTLs below a second and wait for their end as
 * long as {@link #patience} says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayNameGeneration(ClauseNames.class)
public abstract class AdapterContract
    implements CommitClauses,
        PreconditionClauses,
        RemovalClauses,
        ExpiryClauses,
        KeptExpiryClauses,
        ReadClauses,
        ScanClauses,
        IndexClauses,
        IndexOrderClauses,
        IntersectionClauses,
        AddThenCommitClauses,
        AtomicClauses,
        LeaseClauses,
        UpkeepClauses,
        StoredFormClauses,
        CapabilityClauses,
        HostileClauses,
        AliasingClauses,
        OneMomentClauses,
        RetiredEntriesClauses,
        ConcurrencyClauses,
        LifecycleClauses {

  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable StorageAdapter adapter;

  /**
   * Opens a new connection to the backend. Called once for most tests together, and again by the
   * tests of {@code close}, by several threads if tests run in parallel; what is opened is closed
   * by the contract. All connections that are opened within one subclass use the same backend and
   * the same key prefix.
   */
  protected abstract StorageAdapter openAdapter();

  /**
   * A durability level that the backend reaches at any time, if it has replicas that confirm
   * writes. Empty, as it is unless overridden, checks only what holds without replicas.
   */
  @Override
  public Optional<Durability> reachableDurability() {
    return Optional.empty();
  }

  @Override
  public final Bench bench() {
    return Bench.of(shared());
  }

  private StorageAdapter shared() {
    opening.lock();
    try {
      if (adapter == null) {
        adapter = openAdapter();
      }
      return adapter;
    } finally {
      opening.unlock();
    }
  }

  @Override
  public final StorageAdapter another() {
    return openAdapter();
  }

  @AfterAll
  final void closeAdapter() {
    opening.lock();
    try {
      if (adapter != null) {
        adapter.close();
      }
    } finally {
      opening.unlock();
    }
  }
}
