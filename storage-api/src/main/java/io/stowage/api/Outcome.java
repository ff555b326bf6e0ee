package io.stowage.api;

/** What is known about the writes of an operation that failed. */
public enum Outcome {
  /** Nothing of the operation was applied, or will be later. */
  NOT_APPLIED,
  /**
   * Something was sent and its answer never came: the write may have happened, or not. Of several
   * writes a part may have happened; {@link StorageException#applied()} tells how much for certain.
   */
  UNKNOWN
}
