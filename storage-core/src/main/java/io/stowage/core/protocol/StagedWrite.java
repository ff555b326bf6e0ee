package io.stowage.core.protocol;

import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.item.ItemTerms;
import io.stowage.core.item.PayloadSource;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.Precondition;
import io.stowage.spi.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one item through the protocol: it holds what is to be written, says what to send next,
 * and decides from each answer. It sends nothing itself. Used by one thread.
 *
 * <p>A write begins with a fresh version ({@link #begin}), of which the entries are added and the
 * commit is sent. The answer ({@link #answered}) ends it, or asks to begin again after the entries
 * of the refused version were removed ({@link #takeRefused}). If the answer is lost ({@link
 * #failed}) the entries stay, since the commit may have been applied or may yet be; what is stored
 * then ({@link #found}) may end the write.
 */
public final class StagedWrite {

  /** How often a write begins again after an attempt failed. */
  static final int RETRIES_AFTER_FAILURE = 1;

  private final String id;
  private final PayloadSource payloads;
  private final Supplier<ItemTerms> source;
  private final Expiry expiry;
  private final Precondition precondition;
  private final Duration grace;

  private final List<Version> lost = new ArrayList<>(0);
  private @Nullable Version current;
  private @Nullable ItemTerms terms;
  private byte @Nullable [] payload;
  private @Nullable WriteResult result;
  private @Nullable StoredRecord replaced;
  private List<IndexEntry> refused = List.of();
  private int refusals;
  private int failures;
  private boolean isUncertain;
  private boolean isFound;

  /** A write of an item whose terms never change. */
  public StagedWrite(
      String id,
      byte[] payload,
      ItemTerms terms,
      Expiry expiry,
      Precondition precondition,
      Duration grace) {
    this(id, version -> payload, () -> terms, expiry, precondition, grace);
  }

  /**
   * A write of an item.
   *
   * @param payloads answers the payload of an attempt
   * @param source answers the terms of an attempt; asked after its version was taken, so that the
   *     backend refuses the commit if it comes long after the terms were right
   */
  public StagedWrite(
      String id,
      PayloadSource payloads,
      Supplier<ItemTerms> source,
      Expiry expiry,
      Precondition precondition,
      Duration grace) {
    this.id = id;
    this.payloads = payloads;
    this.source = source;
    this.expiry = expiry;
    this.precondition = precondition;
    this.grace = grace;
  }

  public String id() {
    return id;
  }

  /** Whether its result cannot be other than stored, unless the backend fails. */
  boolean isStoredOnceSent() {
    return expiry.kind() != Expiry.Kind.AT && precondition.kind() == Precondition.Kind.NONE;
  }

  /**
   * Takes note that a later write of the same id is stored in its place.
   *
   * @param fresh a version that was never used before and is below that of the later write
   */
  void superseded(Version fresh) {
    result = new WriteResult(id, WriteResult.Status.STORED, fresh);
  }

  /**
   * Begins an attempt with a version that was never used before.
   *
   * @throws AdapterException if the terms or the payload cannot be told; nothing was sent of this
   *     attempt
   */
  public void begin(Version fresh) {
    current = fresh;
    terms = source.get();
    payload = payloads.payload(fresh);
  }

  /** The entries to add before the commit is sent. */
  public List<IndexEntry> entries() {
    return entries(version());
  }

  /** The commit to send once the entries are there. */
  public Commit commit() {
    Version version = version();
    byte[] bytes = Objects.requireNonNull(payload, "no attempt has begun");
    return new Commit(id, version, bytes, expiry, precondition, grace);
  }

  /** Decides from the answer to the commit. */
  public void answered(CommitResult answer) {
    Version attempted = version();
    Version stored = answer.stored();
    current = null;
    switch (answer.status()) {
      case APPLIED -> {
        result = new WriteResult(id, WriteResult.Status.STORED, attempted);
        replaced = Retirement.dead(stored, answer.payload());
      }
      case EXPIRED -> {
        isUncertain = !lost.isEmpty();
        refuse(attempted, WriteResult.Status.ALREADY_EXPIRED, stored);
      }
      case PRECONDITION_FAILED -> {
        refuse(attempted, unmet(stored), stored);
        found(stored);
        isUncertain = !isFound && !lost.isEmpty();
      }
      case TOO_OLD, NOT_NEWER -> {
        refused = entries(attempted);
        refusals++;
      }
    }
  }

  private void refuse(Version attempted, WriteResult.Status status, @Nullable Version stored) {
    refused = entries(attempted);
    result = new WriteResult(id, status, stored);
  }

  /** What a failed precondition means for the write. */
  WriteResult.Status unmet(@Nullable Version stored) {
    if (precondition.kind() == Precondition.Kind.ABSENT) {
      return WriteResult.Status.ALREADY_EXISTS;
    }
    return stored == null ? WriteResult.Status.ABSENT : WriteResult.Status.VERSION_CONFLICT;
  }

  /**
   * Takes note that an attempt failed without an answer to its commit. If it may have been sent,
   * its entries are left alone from now on: the commit may have been applied, or may be on its way.
   * Otherwise they are to be removed.
   */
  public void failed(Outcome outcome) {
    failures++;
    if (outcome == Outcome.UNKNOWN) {
      lost.add(version());
    } else {
      refused = entries(version());
    }
    current = null;
  }

  /** Takes note of what is stored after an answer was lost: a version of its own ends the write. */
  public void found(@Nullable Version stored) {
    if (stored != null && lost.contains(stored)) {
      result = new WriteResult(id, WriteResult.Status.STORED, stored);
      isFound = true;
    }
  }

  /**
   * Whether another attempt may follow a failed one. If an answer was lost, only a write that
   * expects a version may begin again: its attempts cannot both be applied, since that version
   * never comes back. Any other might be applied once more over what somebody else did since.
   */
  public boolean mayTryAgain() {
    boolean isHarmless = lost.isEmpty() || precondition.kind() == Precondition.Kind.VERSION;
    return failures <= RETRIES_AFTER_FAILURE && isHarmless;
  }

  /** Whether the item was found to be stored by an attempt whose answer was lost. */
  public boolean isFound() {
    return isFound;
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
    return !lost.isEmpty() || isStored();
  }

  /** Whether this write is stored for certain. */
  public boolean isStored() {
    WriteResult end = result;
    return end != null && end.isStored();
  }

  /** When the item is to expire. */
  public Expiry expiry() {
    return expiry;
  }

  /** How many entries the last attempt had. */
  public int size() {
    ItemTerms of = terms;
    return of == null ? 0 : of.exact().size() + of.ranges().size();
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

  private List<IndexEntry> entries(Version version) {
    return Objects.requireNonNull(terms, "no attempt has begun").entries(id, version);
  }

  private Version version() {
    Version version = current;
    if (version == null) {
      throw new IllegalStateException("no attempt at item '" + id + "' has begun");
    }
    return version;
  }
}
