package io.stowage.adapter.redis.common;

import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import java.util.List;

/**
 * The connection to one Redis deployment, whatever its topology; safe for use by many threads.
 *
 * <p>No command is sent twice unless a server has answered that it did not apply it: a write that
 * is repeated behind the engine's back would refuse itself.
 */
public interface RedisConnection extends AutoCloseable {

  /** The answers of a batch whose writes replicas were asked to confirm. */
  record Confirmed(List<Reply> replies, int replicas) {}

  /** The answers of one server. */
  record ServerReplies(String address, List<Reply> replies) {}

  /**
   * Sends a batch as one pipeline for each node that serves some of its keys, to all nodes at once,
   * and awaits all answers. Commands for one node run in the order of the list. The whole call has
   * one deadline, the command time-out, and one round trip, plus those that redirections cost.
   *
   * @param batch commands, at least one
   * @return the answers in the order of the commands; an error of the server is an answer
   * @throws AdapterException {@link AdapterException#unavailable} if nothing was sent, {@link
   *     AdapterException#unanswered} if something was and not all answers came
   */
  List<Reply> execute(List<RedisCommand> batch);

  /**
   * As {@link #execute(List)}, and asks each node to wait until replicas have what the batch wrote
   * there ({@code WAIT}, on the same connection and in the same round trip). The deadline is longer
   * by the time allowed for it.
   *
   * @return the answers, and by how many replicas the batch is confirmed at least
   */
  Confirmed execute(List<RedisCommand> batch, Durability durability);

  /** As {@link #execute(List)} for commands that only read, which replicas may answer. */
  List<Reply> executeStale(List<RedisCommand> batch);

  /** Sends a batch of commands without keys to every server, masters first. */
  List<ServerReplies> onEveryServer(List<RedisCommand> batch);

  /**
   * Whether one node serves every key. Then the commands of a batch run strictly in their order,
   * and commands of several keys are possible.
   */
  boolean isSingleNode();

  /** Whether one command can have all these keys. */
  boolean servesTogether(List<byte[]> keys);

  /**
   * Answers a part of the keys that match a glob pattern; one round trip. Every key that is there
   * during the whole scan, from {@code ScanPage.START} to the last part, is in at least one part,
   * even if it moves to another node or a server restarts meanwhile.
   *
   * @param position {@code ScanPage.START} or the {@code next} of the part before, which may be
   *     kept for later and given to another connection
   * @param count about how many keys to look at
   */
  KeyPage scan(String position, byte[] pattern, int count);

  /** Disconnects. What is under way fails. A second call does nothing. */
  @Override
  void close();
}
