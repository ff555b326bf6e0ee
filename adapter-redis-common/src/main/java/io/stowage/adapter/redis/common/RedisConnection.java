package io.stowage.adapter.redis.common;

import io.stowage.spi.AdapterException;
import java.util.List;

/**
 * The connection to one Redis deployment through one client library; safe for use by many threads.
 *
 * <p>An implementation sends no command twice, whatever happens: a write that is repeated behind
 * the engine's back would refuse itself.
 */
public interface RedisConnection extends AutoCloseable {

  /** Where a scan begins. */
  String SCAN_START = "0";

  /**
   * Sends a batch as one pipeline for each node that serves some of its keys, and awaits all
   * answers. Commands for one node run in the order of the list. The whole call has one deadline,
   * the command time-out, and one round trip.
   *
   * @param batch commands, at least one
   * @return the answers in the order of the commands; an error of the server is an answer
   * @throws AdapterException {@link AdapterException#unavailable} if nothing was sent, {@link
   *     AdapterException#unanswered} if something was and not all answers came
   */
  List<Reply> execute(List<RedisCommand> batch);

  /**
   * Whether one node serves every key. Then the commands of a batch run strictly in their order,
   * and commands of several keys are possible.
   */
  boolean isSingleNode();

  /**
   * Answers a part of the keys that match a glob pattern; one round trip. The implementation given
   * here serves a single node.
   *
   * @param cursor {@link #SCAN_START} or the {@code next} of the part before
   * @param count about how many keys to look at
   */
  default KeyPage scan(String cursor, byte[] pattern, int count) {
    return ScanCommand.run(this, cursor, pattern, count);
  }

  /** Disconnects. What is under way fails. A second call does nothing. */
  @Override
  void close();
}
