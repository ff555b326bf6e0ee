package io.stowage.core.protocol;

import io.stowage.api.BatchResult;
import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.CommitResult;
import io.stowage.spi.IndexEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies writes and removals of several items all or not at all, by the steps of the protocol: the
 * entries of all of them are added, then all is applied in one step, then what was replaced or
 * removed is retired. Every attempt takes fresh versions. Safe for use by many threads.
 */
public final class AtomicProtocol {

  private static final Logger LOG = LoggerFactory.getLogger(AtomicProtocol.class);

  private final WritePath path;
  private final VersionClock clock;
  private final Retirement<?> retirement;

  public AtomicProtocol(WritePath path, VersionClock clock, Retirement<?> retirement) {
    this.path = path;
    this.clock = clock;
    this.retirement = retirement;
  }

  /**
   * Applies all parts or none. Two round trips, or one if there are no entries to add.
   *
   * @throws IllegalArgumentException if there are none, an id is in two of them, or they cannot be
   *     written together; nothing was sent then
   * @throws AdapterException if the backend fails or has no atomic batches
   */
  public BatchResult apply(List<BatchPart> parts) {
    AtomicPort port = checked(parts);
    int failures = 0;
    for (int refusals = 0; refusals < WriteProtocol.MAX_REFUSALS; ) {
      parts.forEach(part -> part.begin(clock));
      long asked = clock.asked();
      AtomicResult answer;
      try {
        answer = attempt(port, parts);
      } catch (AdapterException e) {
        if (e.outcome() == Outcome.UNKNOWN) {
          return foundOut(parts, e);
        }
        failures++;
        if (!e.isTransient() || failures > StagedWrite.RETRIES_AFTER_FAILURE) {
          throw e;
        }
        LOG.debug("an atomic batch is to be written again: {}", e.getMessage());
        continue;
      }
      answer.results().forEach(result -> clock.learn(asked, result));
      if (answer.isApplied()) {
        return applied(parts, answer.results());
      }
      retirement.discard(entries(parts));
      if (isRefusedForGood(answer)) {
        return refused(parts, answer.results());
      }
      refusals++;
    }
    throw AdapterException.unavailable(
        "an atomic batch was refused "
            + WriteProtocol.MAX_REFUSALS
            + " times as not newer or too old",
        null);
  }

  private AtomicPort checked(List<BatchPart> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("the atomic batch is empty; allowed is 1 write or more");
    }
    Set<String> ids = new HashSet<>();
    for (BatchPart part : parts) {
      if (!ids.add(part.id())) {
        throw new IllegalArgumentException(
            "item '" + part.id() + "' is in the atomic batch twice; allowed is once");
      }
    }
    AtomicPort port =
        path.ports()
            .atomic()
            .orElseThrow(
                () -> AdapterException.refused("this adapter has no atomic batches", null));
    List<String> inOrder = parts.stream().map(BatchPart::id).toList();
    if (!port.holdsTogether(inOrder)) {
      throw new IllegalArgumentException(
          "the items of the atomic batch cannot be written together: "
              + shortened(inOrder)
              + "; they must have "
              + port.requirement());
    }
    return port;
  }

  private static String shortened(List<String> ids) {
    int shown = Math.min(ids.size(), 5);
    String first = "'" + String.join("', '", ids.subList(0, shown)) + "'";
    return ids.size() == shown ? first : first + " and " + (ids.size() - shown) + " more";
  }

  /** Adds the entries and applies the parts; a failure that applied nothing leaves no entries. */
  private AtomicResult attempt(AtomicPort port, List<BatchPart> parts) {
    List<IndexEntry> entries = entries(parts);
    try {
      path.preparation().run();
      add(entries);
      return port.apply(parts.stream().map(BatchPart::toSend).toList());
    } catch (AdapterException e) {
      if (e.outcome() == Outcome.NOT_APPLIED) {
        retirement.discard(entries);
      }
      throw e;
    }
  }

  /** Whatever became of the entries: as long as no commit was sent, nothing was applied. */
  private void add(List<IndexEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try {
      path.ports().indexes().add(entries);
    } catch (AdapterException e) {
      String message = "index entries could not be added: " + e.getMessage();
      throw e.isTransient()
          ? AdapterException.unavailable(message, e)
          : AdapterException.refused(message, e);
    }
  }

  private static List<IndexEntry> entries(List<BatchPart> parts) {
    return parts.stream().flatMap(part -> part.entries().stream()).toList();
  }

  private BatchResult applied(List<BatchPart> parts, List<CommitResult> answers) {
    for (int i = 0; i < parts.size(); i++) {
      BatchPart part = parts.get(i);
      part.applied(answers.get(i));
      retirement.retire(part.id(), part.replaced());
    }
    return new BatchResult(true, results(parts));
  }

  /** Whether something but the age of a version stood in the way. */
  private static boolean isRefusedForGood(AtomicResult answer) {
    return answer.results().stream()
        .map(CommitResult::status)
        .anyMatch(
            status ->
                status == CommitResult.Status.PRECONDITION_FAILED
                    || status == CommitResult.Status.EXPIRED);
  }

  private static BatchResult refused(List<BatchPart> parts, List<CommitResult> answers) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).refused(answers.get(i));
    }
    return new BatchResult(false, results(parts));
  }

  private static List<WriteResult> results(List<BatchPart> parts) {
    return parts.stream().map(part -> Objects.requireNonNull(part.result())).toList();
  }

  /**
   * Looks whether a batch whose answer was lost was applied: one of its versions proves that all
   * was. It is not sent again. No version tells whether replicas have it, or whether there was an
   * item to be deleted.
   */
  private BatchResult foundOut(List<BatchPart> parts, AdapterException failure) {
    boolean canTell =
        failure.isTransient()
            && !path.isConfirmed()
            && parts.stream().allMatch(BatchPart::isKnownOnceApplied);
    if (!canTell || !isAnyStored(parts, failure)) {
      throw failure;
    }
    parts.forEach(BatchPart::foundApplied);
    return new BatchResult(true, results(parts));
  }

  private boolean isAnyStored(List<BatchPart> parts, AdapterException failure) {
    List<@Nullable Version> stored;
    try {
      stored = path.ports().records().versions(parts.stream().map(BatchPart::id).toList());
    } catch (AdapterException e) {
      failure.addSuppressed(e);
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).wrote(stored.get(i))) {
        return true;
      }
    }
    return false;
  }
}
