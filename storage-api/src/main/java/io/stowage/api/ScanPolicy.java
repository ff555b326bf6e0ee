package io.stowage.api;

/** What a query may do that no index serves, so that it must read every item of the store. */
public enum ScanPolicy {
  /** It reads every item. */
  ALLOW,
  /** It reads every item, and a warning is logged. */
  WARN,
  /** It is refused with a {@link StorageException} before anything is read. */
  FORBID
}
