package io.stowage.api;

/** What an update does about the TTL of its item, unless the change sets another expiry. */
public enum TtlOnUpdate {
  /**
   * The item lives as long as it would have without the update, whoever gave it its TTL: the store,
   * the item itself or {@link Storage#touch}. Where reads prolong a TTL, as a sliding one, an
   * update does too.
   */
  KEEP,
  /** The item lives as long as if it were saved. */
  RENEW
}
