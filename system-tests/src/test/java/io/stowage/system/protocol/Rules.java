package io.stowage.system.protocol;

/** The protocol's rules, each of which can be broken to show that the check would notice. */
enum Rules {
  ALL_KEPT,
  /** A retry uses the version of the attempt before. */
  FRESH_BROKEN,
  /** A writer removes its entries although the answer was lost. */
  CLEAN_ONLY_DEFINITE_BROKEN,
  /** The server takes commits of any age. */
  REFUSE_OLD_BROKEN,
  /** Repair takes entries of any age. */
  REPAIR_ONLY_OLD_BROKEN
}
