package io.stowage.spi;

import io.stowage.api.Durability;
import java.util.List;
import java.util.Optional;

/** The ports of one store in one backend. */
public interface StorePorts {

  PersistencePort records();

  IndexPort indexes();

  /** The ability to intersect terms in the backend, if it is there. */
  default Optional<IntersectionPort> intersections() {
    return Optional.empty();
  }

  /** Leases by which processes that share the store agree who does what. */
  LeasePort leases();

  /** What belongs to the store as a whole. */
  BlobPort blobs();

  /** The ability to apply several writes all or not at all, if it is there. */
  default Optional<AtomicPort> atomic() {
    return Optional.empty();
  }

  /**
   * Ports of the same store whose writes are answered only once replicas have confirmed them; empty
   * if the backend has no replicas that confirm. A write that was applied but not confirmed in time
   * fails with {@link AdapterException#unconfirmed}. {@link BlobPort#add} and {@link
   * PersistencePort#redefine} by the expected text itself confirm also what others have stored
   * before. {@link #addThenCommit} sends no commit before the entries are confirmed wherever they
   * could be lost without it; if they are not, nothing is committed and the failure says {@link
   * io.stowage.api.Outcome#NOT_APPLIED}.
   */
  default Optional<StorePorts> confirmed(Durability durability) {
    return Optional.empty();
  }

  /**
   * Ports of the same store whose reads may be answered by replicas, and so may be stale; empty if
   * the backend has none. They are for reads only.
   */
  default Optional<StorePorts> possiblyStale() {
    return Optional.empty();
  }

  /**
   * Adds index entries, and then commits records. No commit may be applied before every entry is
   * added; if adding fails for good, no commit is sent. A backend that runs commands strictly in
   * the order in which they were sent may send both at once; should it then find that a commit was
   * applied although an entry was refused, it adds the entry again, and if that fails too it says
   * so with {@link AdapterException#partlyRefused}.
   *
   * <p>A backend that knows which entries came with a record in one such call may remove them by
   * itself once another write has replaced or removed the record: not while anybody can read it,
   * and not for an expiry. No caller may count on it, except that the answer has no payload of a
   * replaced record if all its entries are gone.
   */
  default List<CommitResult> addThenCommit(List<IndexEntry> entries, List<Commit> commits) {
    indexes().add(entries);
    return records().commit(commits);
  }
}
