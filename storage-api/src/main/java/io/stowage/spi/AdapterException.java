package io.stowage.spi;

import io.stowage.api.Outcome;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A backend failed. The engine turns it into a {@link io.stowage.api.StorageException}. */
public final class AdapterException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final boolean mayPass;
  private final boolean lacksMemory;
  private final long applied;

  private AdapterException(
      String message, Outcome outcome, boolean mayPass, @Nullable Throwable cause) {
    this(message, outcome, mayPass, false, 0, cause);
  }

  private AdapterException(
      String message,
      Outcome outcome,
      boolean mayPass,
      boolean lacksMemory,
      long applied,
      @Nullable Throwable cause) {
    super(message, cause);
    this.outcome = outcome;
    this.mayPass = mayPass;
    this.lacksMemory = lacksMemory;
    this.applied = applied;
  }

  /** Nothing was applied, and another try may succeed: no connection, server still loading. */
  public static AdapterException unavailable(String message, @Nullable Throwable cause) {
    return new AdapterException(message, Outcome.NOT_APPLIED, true, cause);
  }

  /**
   * Nothing was applied, since the backend has no memory left; what only removes is not refused.
   */
  public static AdapterException outOfMemory(String message) {
    return new AdapterException(message, Outcome.NOT_APPLIED, true, true, 0, null);
  }

  /** Something was sent and not all answers came: time-out, connection lost in between. */
  public static AdapterException unanswered(String message, @Nullable Throwable cause) {
    return new AdapterException(message, Outcome.UNKNOWN, true, cause);
  }

  /**
   * Writes were applied, but too few replicas confirmed them in time, so a failover may lose them.
   * No other try of the engine would prove anything of the first.
   */
  public static AdapterException unconfirmed(String message) {
    return new AdapterException(message, Outcome.UNKNOWN, false, null);
  }

  /** Nothing was applied, and another try would fail too: missing rights, wrong type of a key. */
  public static AdapterException refused(String message, @Nullable Throwable cause) {
    return new AdapterException(message, Outcome.NOT_APPLIED, false, cause);
  }

  /** A part of a batch was refused for good, another part may have been applied. */
  public static AdapterException partlyRefused(String message, @Nullable Throwable cause) {
    return new AdapterException(message, Outcome.UNKNOWN, false, cause);
  }

  /**
   * This failure as that of something larger, of which an earlier part may have been applied: its
   * outcome is {@link Outcome#UNKNOWN}.
   */
  public AdapterException afterAnotherPart() {
    if (outcome == Outcome.UNKNOWN) {
      return this;
    }
    String message = getMessage() + "; an earlier part or attempt may have been applied";
    return new AdapterException(message, Outcome.UNKNOWN, mayPass, lacksMemory, applied, this);
  }

  /**
   * This failure as that of something larger, of which an earlier part was applied: its outcome is
   * {@link Outcome#UNKNOWN}.
   *
   * @param items how many items that part wrote or removed; 1 or more
   */
  public AdapterException afterAnotherPart(long items) {
    String message = getMessage() + "; " + items + " items were written or removed before";
    return new AdapterException(
        message, Outcome.UNKNOWN, mayPass, lacksMemory, applied + items, this);
  }

  /**
   * This failure as that of something larger, which had applied nothing before: what failed only
   * reads, so the outcome is {@link Outcome#NOT_APPLIED}.
   */
  public AdapterException beforeAnyWrite() {
    return outcome == Outcome.NOT_APPLIED
        ? this
        : new AdapterException(String.valueOf(getMessage()), Outcome.NOT_APPLIED, mayPass, this);
  }

  /** Whether something of the batch may have been applied. */
  public Outcome outcome() {
    return outcome;
  }

  /** How many items were written or removed for certain by earlier parts; more may have been. */
  public long applied() {
    return applied;
  }

  /** Whether the backend refused it for want of memory. */
  public boolean isOutOfMemory() {
    return lacksMemory;
  }

  /** Whether another try may succeed. */
  public boolean isTransient() {
    return mayPass;
  }
}
