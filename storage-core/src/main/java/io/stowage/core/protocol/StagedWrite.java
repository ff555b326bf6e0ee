package io.stowage.core.protocol;

import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.item.ItemTerms;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.Precondition;
import io.stowage.spi.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one item through the protocol: it holds what is to be written, says what to send next,
 * and decides from each answer. It sends nothing itself. Used by one thread.
 *
 * <p>A write begins with a fresh version ({@link #begin}), of which the entries are added and the
 * commit is sent. The answer ({@link #answered}) ends it, or asks to begin again after the entries
 * of the refused version were removed ({@link #takeRefused}). If the answer is lost ({@link
 * #failed}) the entries stay, since the commit may have been applied or may yet be.
 */
public final class StagedWrite {

  /** How often a write begins again after an attempt failed. */
  static final int RETRIES_AFTER_FAILURE = 1;

  private final String id;
  private final byte[] payload;
  private final ItemTerms terms;
  private final Expiry expiry;
  private final Precondition precondition;
  private final Duration grace;

  private final List<Version> lost = new ArrayList<>(0);
  private @Nullable Version current;
  private @Nullable WriteResult result;
  private @Nullable StoredRecord replaced;
  private List<IndexEntry> refused = List.of();
  private int refusals;
  private int failures;
  private boolean isUncertain;

  public StagedWrite(
      String id,
      byte[] payload,
      ItemTerms terms,
      Expiry expiry,
      Precondition precondition,
      Duration grace) {
    this.id = id;
    this.payload = payload;
    this.terms = terms;
    this.expiry = expiry;
    this.precondition = precondition;
    this.grace = grace;
  }

  public String id() {
    return id;
  }

  /** Begins an attempt with a version that was never used before. */
  public void begin(Version fresh) {
    current = fresh;
  }

  /** The entries to add before the commit is sent. */
  public List<IndexEntry> entries() {
    return terms.entries(id, version());
  }

  /** The commit to send once the entries are there. */
  public Commit commit() {
    return new Commit(id, version(), payload, expiry, precondition, grace);
  }

  /** Decides from the answer to the commit. */
  public void answered(CommitResult answer) {
    Version attempted = version();
    Version stored = answer.stored();
    current = null;
    switch (answer.status()) {
      case APPLIED -> {
        result = new WriteResult(id, WriteResult.Status.STORED, attempted);
        replaced = replacedBy(answer);
      }
      case EXPIRED -> {
        isUncertain = !lost.isEmpty();
        refuse(attempted, WriteResult.Status.ALREADY_EXPIRED, stored);
      }
      case PRECONDITION_FAILED -> {
        boolean isOwn = stored != null && lost.contains(stored);
        isUncertain = !isOwn && !lost.isEmpty();
        refuse(attempted, isOwn ? WriteResult.Status.STORED : unmet(stored), stored);
      }
      case TOO_OLD, NOT_NEWER -> {
        refused = terms.entries(id, attempted);
        refusals++;
      }
    }
  }

  private void refuse(Version attempted, WriteResult.Status status, @Nullable Version stored) {
    refused = terms.entries(id, attempted);
    result = new WriteResult(id, status, stored);
  }

  private WriteResult.Status unmet(@Nullable Version stored) {
    if (precondition.kind() == Precondition.Kind.ABSENT) {
      return WriteResult.Status.ALREADY_EXISTS;
    }
    return stored == null ? WriteResult.Status.ABSENT : WriteResult.Status.VERSION_CONFLICT;
  }

  private static @Nullable StoredRecord replacedBy(CommitResult answer) {
    Version version = answer.stored();
    byte[] payload = answer.payload();
    return version == null || payload == null ? null : new StoredRecord(version, payload);
  }

  /**
   * Takes note that an attempt failed without an answer to its commit. If it may have been sent,
   * its entries are left alone from now on: the commit may have been applied, or may be on its way.
   */
  public void failed(Outcome outcome) {
    failures++;
    if (outcome == Outcome.UNKNOWN) {
      lost.add(version());
    }
    current = null;
  }

  /**
   * Whether another attempt may follow a failed one. An insert whose answer was lost is not tried
   * again: it may have been applied and deleted since, and would then be applied twice.
   */
  public boolean mayTryAgain() {
    boolean isLostInsert = precondition.kind() == Precondition.Kind.ABSENT && !lost.isEmpty();
    return failures <= RETRIES_AFTER_FAILURE && !isLostInsert;
  }

  /**
   * Whether the result may be wrong: the last attempt was refused, but an earlier one, whose answer
   * was lost, may have been applied, and its record replaced since.
   */
  public boolean isUncertain() {
    return isUncertain;
  }

  /** Whether this write is stored, or an attempt whose answer was lost may have stored it. */
  public boolean mayBeApplied() {
    WriteResult end = result;
    return !lost.isEmpty() || (end != null && end.isStored());
  }

  /** How often a version was refused as not newer or too old. */
  public int timesRefused() {
    return refusals;
  }

  /** The result, once there is one. */
  public @Nullable WriteResult result() {
    return result;
  }

  /** The entries of a version that was refused for certain, once: they are to be removed. */
  public List<IndexEntry> takeRefused() {
    List<IndexEntry> taken = refused;
    refused = List.of();
    return taken;
  }

  /** The record that this write replaced and whose entries are to be retired, if it is known. */
  public @Nullable StoredRecord replaced() {
    return replaced;
  }

  private Version version() {
    Version version = current;
    if (version == null) {
      throw new IllegalStateException("no attempt at item '" + id + "' has begun");
    }
    return version;
  }
}
