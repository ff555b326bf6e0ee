package io.stowage.benchmarks.paired;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few commands that the work by hand needs, on one client. Used by many threads. */
interface RawClient extends AutoCloseable {

  /**
   * Adds a member to sorted sets and commits a record, all in one pipeline.
   *
   * @param indexKeys the sorted sets
   * @param itemKey the record's key
   * @param arguments those of the commit script
   * @return the script's answer: its whole numbers are {@link Long}s, its texts byte arrays
   */
  List<?> write(
      List<byte[]> indexKeys, long score, byte[] member, byte[] itemKey, List<byte[]> arguments);

  byte @Nullable [] get(byte[] key);

  /** The values of these keys, each null if there is none. */
  List<byte @Nullable []> getAll(List<byte[]> keys);

  /** The members of a sorted set at these ranks. */
  List<byte[]> range(byte[] key, long first, long last);

  /** Removes members from sorted sets, all in one pipeline. */
  void remove(Map<String, List<byte[]>> members);

  @Override
  void close();
}
