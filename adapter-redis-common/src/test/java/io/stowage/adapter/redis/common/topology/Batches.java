package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.embedded.redis.RespConnection;
import io.stowage.embedded.redis.RespError;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** This module's commands and replies over a plain connection. */
public final class Batches {

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

  private Batches() {}

  public static RespConnection open(ServerAddress address) throws IOException {
    return RespConnection.open(address.host(), address.port(), CONNECT_PATIENCE);
  }

  public static void send(RespConnection connection, List<RedisCommand> batch) throws IOException {
    connection.send(batch.stream().map(Batches::words).toList());
  }

  private static List<byte[]> words(RedisCommand command) {
    List<byte[]> words = new ArrayList<>();
    words.add(utf8(command.name()));
    words.addAll(command.args());
    return words;
  }

  public static List<Reply> read(RespConnection connection, int count, Deadline deadline)
      throws IOException {
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long left = deadline.left();
      if (left <= 0) {
        throw new SocketTimeoutException("the deadline is over");
      }
      connection.readTimeout(Duration.ofNanos(left));
      replies.add(reply(connection.read()));
    }
    return replies;
  }

  private static Reply reply(@Nullable Object value) {
    if (value == null) {
      return Reply.NIL;
    }
    if (value instanceof byte[] bytes) {
      return new Reply.Bulk(bytes);
    }
    if (value instanceof String status) {
      return new Reply.Bulk(utf8(status));
    }
    if (value instanceof Long number) {
      return new Reply.Int(number);
    }
    if (value instanceof RespError error) {
      return new Reply.Failure(error.text());
    }
    if (value instanceof List<?> parts) {
      List<Reply> elements = new ArrayList<>();
      parts.forEach(part -> elements.add(reply(part)));
      return new Reply.Array(elements);
    }
    throw new IllegalArgumentException("no reply of protocol 2: " + value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
