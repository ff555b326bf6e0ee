package io.stowage.adapter.redis.lettuce;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.stowage.adapter.redis.common.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects a reply of any shape as it is: strings stay bytes, and an error is a value, so that one
 * refused command does not hide the answers of its batch.
 */
final class ReplyOutput extends CommandOutput<byte[], byte[], Reply> {

  /** An array of which elements are still to come. */
  private static final class Open {
    private final List<Reply> elements;
    private int missing;

    Open(int count) {
      elements = new ArrayList<>(count);
      missing = count;
    }
  }

  private final Deque<Open> open = new ArrayDeque<>(2);

  private final Wire wire;

  /**
   * @param wire told of each part of the reply that comes
   */
  ReplyOutput(Wire wire) {
    super(ByteArrayCodec.INSTANCE, Reply.NIL);
    this.wire = wire;
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    add(bytes == null ? Reply.NIL : new Reply.Bulk(copy(bytes)));
  }

  @Override
  public void set(long integer) {
    add(new Reply.Int(integer));
  }

  @Override
  public void setError(ByteBuffer error) {
    add(new Reply.Failure(StandardCharsets.UTF_8.decode(error).toString()));
  }

  @Override
  public void setError(String error) {
    add(new Reply.Failure(error));
  }

  @Override
  public void multi(int count) {
    if (count < 0) {
      add(Reply.NIL);
    } else if (count == 0) {
      add(new Reply.Array(List.of()));
    } else {
      open.push(new Open(count));
    }
  }

  private void add(Reply reply) {
    wire.heard();
    Reply complete = reply;
    while (!open.isEmpty()) {
      Open innermost = open.element();
      innermost.elements.add(complete);
      if (--innermost.missing > 0) {
        return;
      }
      complete = new Reply.Array(open.remove().elements);
    }
    output = complete;
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }
}
