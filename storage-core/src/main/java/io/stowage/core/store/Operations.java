package io.stowage.core.store;

import io.stowage.api.ItemCorruptedException;
import io.stowage.api.Outcome;
import io.stowage.api.StorageException;
import io.stowage.api.StorageException.Context;
import io.stowage.spi.AdapterException;
import io.stowage.spi.SerializationException;
import java.io.Serial;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the operations of one store: refuses those that begin once the platform is closed, and turns
 * the failures of adapters and codecs, and the end of the platform under a call, into {@link
 * StorageException}s that say which operation it was and whether it may have been applied.
 */
public final class Operations {

  private final String store;
  private final String adapter;
  private final CallsUnderWay calls;
  private final boolean isEachBegun;

  public Operations(String store, String adapter, CallsUnderWay calls) {
    this(store, adapter, calls, false);
  }

  private Operations(String store, String adapter, CallsUnderWay calls, boolean isEachBegun) {
    this.store = store;
    this.adapter = adapter;
    this.calls = calls;
    this.isEachBegun = isEachBegun;
  }

  /**
   * The same for calls that {@link #begin} let begin already, perhaps before the platform closed.
   */
  Operations ofBegunCalls() {
    return new Operations(store, adapter, calls, true);
  }

  /**
   * Lets a call begin that runs later; {@link #end} must follow.
   *
   * @return false if the platform is closed
   */
  boolean begin() {
    return calls.begin();
  }

  /** Whether no operation may begin any more. */
  boolean isClosed() {
    return calls.isClosed();
  }

  /** Takes note that a call has ended that {@link #begin} let begin. */
  void end() {
    calls.end();
  }

  /** A stored item that cannot be decoded, on its way to the operation that met it. */
  static final class UndecodableItem extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String id;

    UndecodableItem(String id, SerializationException cause) {
      super(cause.getMessage(), cause);
      this.id = id;
    }
  }

  /** A failure of what an operation on many items meets after it has removed some of them. */
  static final class PartlyDone extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final long applied;

    PartlyDone(long applied, RuntimeException cause) {
      super(cause.getMessage(), cause);
      this.applied = applied;
    }
  }

  /** Runs an operation that may write; its failure tells the outcome that the adapter knows. */
  public <R> R write(String operation, Supplier<R> work) {
    return run(operation, work, AdapterException::outcome);
  }

  /** Runs an operation that writes nothing, so that nothing can have been applied. */
  public <R> R read(String operation, Supplier<R> work) {
    return run(operation, work, failure -> Outcome.NOT_APPLIED);
  }

  /** Runs a check that sends nothing. */
  public void check(String operation, Runnable check) {
    read(
        operation,
        () -> {
          check.run();
          return true;
        });
  }

  private <R> R run(
      String operation, Supplier<R> work, Function<AdapterException, Outcome> outcome) {
    if (isEachBegun) {
      return attempt(operation, work, outcome);
    }
    if (!calls.begin()) {
      throw closed(operation);
    }
    try {
      return attempt(operation, work, outcome);
    } finally {
      calls.end();
    }
  }

  private <R> R attempt(
      String operation, Supplier<R> work, Function<AdapterException, Outcome> outcome) {
    long begin = System.nanoTime();
    try {
      return work.get();
    } catch (AdapterException e) {
      throw failure(e, outcome.apply(e), context(operation, begin, e.applied()));
    } catch (UndecodableItem e) {
      throw corrupted(e, context(operation, begin, 0));
    } catch (PartlyDone e) {
      throw partlyDone(e, context(operation, begin, e.applied));
    } catch (IllegalStateException e) {
      if (!calls.isClosed()) {
        throw e;
      }
      AdapterException cut =
          AdapterException.unanswered("the platform was closed while it was under way", e);
      throw failure(cut, outcome.apply(cut), context(operation, begin, 0));
    }
  }

  private StorageException partlyDone(PartlyDone failure, Context context) {
    if (failure.getCause() instanceof UndecodableItem item) {
      return corrupted(item, context);
    }
    return StorageException.permanentFailure(
        "it stopped at " + failure.getCause(), context, Outcome.UNKNOWN, failure.getCause());
  }

  private static StorageException failure(AdapterException e, Outcome outcome, Context context) {
    String reason = String.valueOf(e.getMessage());
    return e.isTransient()
        ? StorageException.transientFailure(reason, context, outcome, e)
        : StorageException.permanentFailure(reason, context, outcome, e);
  }

  /** What a caller is told of an item that cannot be decoded. */
  ItemCorruptedException corrupted(UndecodableItem item, Context context) {
    return new ItemCorruptedException(
        item.id, String.valueOf(item.getMessage()), context, item.getCause());
  }

  /** Why an operation cannot begin once the platform is closed. */
  IllegalStateException closed(String operation) {
    return new IllegalStateException(
        operation + " on store '" + store + "': the platform is closed");
  }

  /** A transient failure of an operation that was not begun. */
  StorageException notBegun(String operation, String reason, Throwable cause) {
    return StorageException.transientFailure(
        reason, new Context(store, operation, adapter, Duration.ZERO), Outcome.NOT_APPLIED, cause);
  }

  private Context context(String operation, long begin, long applied) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
    return new Context(store, operation, adapter, elapsed, applied);
  }

  /** What is known of the operation now, for an exception that the caller makes. */
  public Context context(String operation) {
    return new Context(store, operation, adapter, Duration.ZERO);
  }
}
