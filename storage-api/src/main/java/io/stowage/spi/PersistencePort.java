package io.stowage.spi;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of one store, by id. An expired record is absent in every method, from the
 * millisecond at which it expires.
 */
public interface PersistencePort {

  /**
   * Stores records. Each commit is atomic by itself and checked in this order: precondition, expiry
   * in the past, version older than the grace period by the backend's clock, version not above the
   * stored one. Commits for the same id are applied in the order of the list.
   */
  List<CommitResult> commit(List<Commit> commits);

  /** Removes records. Each removal reads and removes in one atomic step. */
  List<RemovalResult> remove(List<Removal> removals);

  /**
   * Keeps items in other bytes: replaces the payload of each record that has the expected version,
   * in one atomic step each. The version and the expiry stay, so the entries of the record do too.
   * Answers which records were there at that version.
   */
  List<Boolean> repack(List<Repacking> repackings);

  /** Reads records; null where there is none. */
  List<@Nullable StoredRecord> read(List<String> ids);

  /** Reads the versions of records, without their payloads; null where there is none. */
  List<@Nullable Version> versions(List<String> ids);

  /**
   * Changes the expiry of records; an expiry in the past removes the record. Each touch is atomic.
   * Answers which records were there, at the expected version if one was given.
   */
  List<Boolean> touch(List<Touch> touches);

  /** How long records will live. */
  List<TimeToLive> ttl(List<String> ids);

  /**
   * Answers a part of the ids of all records. Every record that is stored during the whole scan,
   * from {@link ScanPage#START} to the last part, is in at least one part; it may be in several.
   *
   * @param from {@link ScanPage#START} or the {@code next} of the part before
   * @param hint about how many ids to look at
   */
  ScanPage scan(String from, int hint);

  /** The definition of the store, if one was stored. It does not expire. */
  Optional<String> definition();

  /**
   * Stores a definition if none is stored, in one atomic step.
   *
   * @return the definition that is stored now
   */
  String define(String definition);

  /**
   * Replaces the definition of the store if it is the expected one, in one atomic step.
   *
   * @return whether it was
   */
  boolean redefine(String expected, String definition);

  /**
   * The backend's clock, in microseconds since 1970. Whoever reads after the answer sees every
   * record whose commit was checked at an earlier time.
   */
  long serverMicros();
}
