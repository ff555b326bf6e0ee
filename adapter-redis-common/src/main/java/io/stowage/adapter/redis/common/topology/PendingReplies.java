package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.Reply;
import io.stowage.spi.AdapterException;
import java.util.List;

/** The answers to a batch that was sent. Must be awaited exactly once. */
public interface PendingReplies {

  /**
   * Awaits all answers.
   *
   * @return the answers in the order of the commands; an error of the server is an answer
   * @throws AdapterException {@link AdapterException#unanswered} if not all came by the deadline,
   *     or {@link AdapterException#unavailable} if the client found that it had sent nothing
   */
  List<Reply> await();
}
