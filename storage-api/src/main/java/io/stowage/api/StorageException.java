package io.stowage.api;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An operation on a store failed.
 *
 * <p>Says which operation of which store it was, through which adapter, after what time, whether
 * its writes may have happened ({@link #outcome()}) and whether another try makes sense ({@link
 * #isTransient()}). Expected answers, such as an absent item or a version conflict in a conditional
 * write, are return values and never this exception. Arguments that no store would accept are
 * {@link IllegalArgumentException}, the use of something closed is {@link IllegalStateException}.
 */
public class StorageException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final Context context;
  private final Outcome outcome;
  private final boolean mayPass;

  /**
   * What was going on when an operation failed.
   *
   * @param store the store's name, or {@code "-"} if no store was meant
   * @param operation the method's name, such as {@code "save"}
   * @param adapter the adapter's name, such as {@code "redis-lettuce"}
   * @param elapsed the time since the operation began
   * @param applied how many items the operation had written or removed for certain
   */
  public record Context(
      String store, String operation, String adapter, Duration elapsed, long applied)
      implements java.io.Serializable {

    /** An operation that had written and removed nothing yet, as far as is known. */
    public Context(String store, String operation, String adapter, Duration elapsed) {
      this(store, operation, adapter, elapsed, 0);
    }
  }

  private StorageException(
      String reason, Context context, Outcome outcome, boolean mayPass, @Nullable Throwable cause) {
    super(
        "%s%s (%s) failed after %d ms, %s: %s"
            .formatted(
                context.operation(),
                context.store().equals("-") ? "" : " on store '" + context.store() + "'",
                context.adapter(),
                context.elapsed().toMillis(),
                context.applied() > 0
                    ? context.applied() + " items were written or removed, others perhaps"
                    : outcome == Outcome.UNKNOWN ? "outcome unknown" : "not applied",
                reason),
        cause);
    this.context = context;
    this.outcome = outcome;
    this.mayPass = mayPass;
  }

  /** A failure that stays: the next try would meet it again. */
  protected StorageException(String reason, Context context, @Nullable Throwable cause) {
    this(
        reason,
        context,
        context.applied() > 0 ? Outcome.UNKNOWN : Outcome.NOT_APPLIED,
        false,
        cause);
  }

  /** A failure that may pass, such as a lost connection: another try makes sense. */
  public static StorageException transientFailure(
      String reason, Context context, Outcome outcome, @Nullable Throwable cause) {
    return new StorageException(reason, context, outcome, true, cause);
  }

  /** A failure that stays, such as missing rights: the next try would meet it again. */
  public static StorageException permanentFailure(
      String reason, Context context, Outcome outcome, @Nullable Throwable cause) {
    return new StorageException(reason, context, outcome, false, cause);
  }

  /** The store's name, or {@code "-"} if no store was meant. */
  public String store() {
    return context.store();
  }

  /** The operation that failed, by the name of its method. */
  public String operation() {
    return context.operation();
  }

  /** The adapter's name, such as {@code "redis-lettuce"}. */
  public String adapter() {
    return context.adapter();
  }

  /** The time from the begin of the operation to its failure. */
  public Duration elapsed() {
    return context.elapsed();
  }

  /** Whether the operation's writes may have happened. */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * How many items an operation on many had written or removed for certain when it failed. More may
   * have been, if its outcome is {@link Outcome#UNKNOWN}.
   */
  public long applied() {
    return context.applied();
  }

  /** Whether the same operation may succeed when it is tried again. */
  public boolean isTransient() {
    return mayPass;
  }
}
