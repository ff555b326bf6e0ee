package io.stowage.spi;

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

  /**
   * Adds index entries, and then commits records. No commit may be applied before every entry is
   * added; if adding fails for good, no commit is sent. A backend that runs commands strictly in
   * the order in which they were sent may send both at once; should it then find that a commit was
   * applied although an entry was refused, it adds the entry again, and if that fails too it says
   * so with {@link AdapterException#partlyRefused}.
   */
  default List<CommitResult> addThenCommit(List<IndexEntry> entries, List<Commit> commits) {
    indexes().add(entries);
    return records().commit(commits);
  }
}
