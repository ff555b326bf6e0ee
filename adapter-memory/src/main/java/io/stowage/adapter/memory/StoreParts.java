package io.stowage.adapter.memory;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What the ports of one store have in common.
 *
 * @param clock rules expiry and the age of versions
 * @param lifetime whether the adapter is open
 * @param records the records by id
 * @param gate keeps atomic batches apart from all else
 * @param expired frees expired records
 * @param indexes the index entries
 */
record StoreParts(
    InstantSource clock,
    Lifetime lifetime,
    RecordMap records,
    BatchGate gate,
    ExpiredRecords expired,
    MemoryIndexes indexes) {

  /**
   * The parts of an empty store.
   *
   * @param later runs what it is given some time later, on another thread
   */
  static StoreParts of(InstantSource clock, Lifetime lifetime, Executor later) {
    RecordMap records = new RecordMap();
    return new StoreParts(
        clock,
        lifetime,
        records,
        new BatchGate(),
        new ExpiredRecords(records, clock, lifetime, later),
        new MemoryIndexes(lifetime));
  }
}
