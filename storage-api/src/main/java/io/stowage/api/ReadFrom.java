package io.stowage.api;

/** Which servers answer the reads of a store. */
public enum ReadFrom {
  /** The masters: what was written is read. */
  MASTER,
  /**
   * A replica if one can be reached, else the master. Answers may be stale: a write that was
   * acknowledged may not be seen yet, and an item that was written a moment ago may be missing in a
   * query. Writes, and the reads that they depend on, always go to the masters.
   */
  REPLICA
}
