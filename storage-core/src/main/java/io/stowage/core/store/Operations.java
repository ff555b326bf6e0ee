package io.stowage.core.store;

import io.stowage.api.ItemCorruptedException;
import io.stowage.api.Outcome;
import io.stowage.api.StorageException;
import io.stowage.api.StorageException.Context;
import io.stowage.spi.AdapterException;
import io.stowage.spi.SerializationException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the operations of one store: refuses them once the platform is closed, and turns the
 * failures of adapters and codecs into {@link StorageException}s that say which operation it was.
 */
public final class Operations {

  private final String store;
  private final String adapter;
  private final BooleanSupplier isClosed;

  public Operations(String store, String adapter, BooleanSupplier isClosed) {
    this.store = store;
    this.adapter = adapter;
    this.isClosed = isClosed;
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
    Optional<IllegalStateException> refusal = closed(operation);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    long begin = System.nanoTime();
    try {
      return work.get();
    } catch (AdapterException e) {
      Context context = context(operation, begin);
      String reason = String.valueOf(e.getMessage());
      throw e.isTransient()
          ? StorageException.transientFailure(reason, context, outcome.apply(e), e)
          : StorageException.permanentFailure(reason, context, outcome.apply(e), e);
    } catch (UndecodableItem e) {
      throw corrupted(e, context(operation, begin));
    }
  }

  /** What a caller is told of an item that cannot be decoded. */
  ItemCorruptedException corrupted(UndecodableItem item, Context context) {
    return new ItemCorruptedException(
        item.id, String.valueOf(item.getMessage()), context, item.getCause());
  }

  /** Why an operation cannot run because the platform is closed; empty if it is open. */
  Optional<IllegalStateException> closed(String operation) {
    return isClosed.getAsBoolean()
        ? Optional.of(
            new IllegalStateException(
                operation + " on store '" + store + "': the platform is closed"))
        : Optional.empty();
  }

  /** A transient failure of an operation that was not begun. */
  StorageException notBegun(String operation, String reason, Throwable cause) {
    return StorageException.transientFailure(
        reason, new Context(store, operation, adapter, Duration.ZERO), Outcome.NOT_APPLIED, cause);
  }

  private Context context(String operation, long begin) {
    return new Context(store, operation, adapter, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** What is known of the operation now, for an exception that the caller makes. */
  public Context context(String operation) {
    return new Context(store, operation, adapter, Duration.ZERO);
  }
}
