package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.topology.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** A connection that sends a batch as one pipeline and reads its answers under one deadline. */
final class PipelineConnection extends Connection {

  private static final System.Logger logger = System.getLogger(PipelineConnection.class.getName());
  private static final Map<String, ProtocolCommand> COMMANDS = new ConcurrentHashMap<>();

  private final SocketFactory sockets;
  private long lastUsed = System.nanoTime();

  PipelineConnection(SocketFactory sockets, JedisClientConfig config) {
    super(sockets, config);
    this.sockets = sockets;
  }

  /**
   * Sends a command without which the connection is of no use.
   *
   * @throws JedisDataException if the server refuses it
   */
  void demand(String name, String... args) {
    sendCommand(command(name), args);
    flush();
    if (receive() instanceof Reply.Failure refusal) {
      throw new JedisDataException(refusal.text());
    }
  }

  /**
   * Tells the server the connection's name. It only helps the operator: a user without the right to
   * set it is served as well.
   */
  void introduce(String clientName) {
    sendCommand(command("CLIENT"), "SETNAME", clientName);
    flush();
    receive();
  }

  /** Asks whether the server is there, and says so by the deadline. */
  boolean isAlive(Deadline deadline) {
    sockets.readBy(deadline);
    try {
      return ping();
    } catch (JedisException e) {
      logger.log(System.Logger.Level.DEBUG, "a connection that idled is dead", e);
      return false;
    }
  }

  /** Nanoseconds since the connection was last used. */
  long idleNanos() {
    return System.nanoTime() - lastUsed;
  }

  void send(List<RedisCommand> batch) {
    for (RedisCommand command : batch) {
      CommandArguments arguments = new CommandArguments(command(command.name()));
      for (byte[] arg : command.args()) {
        arguments.add(arg);
      }
      sendCommand(arguments);
    }
    flush();
  }

  /**
   * Reads answers.
   *
   * @param deadline by when all must be there
   * @throws JedisConnectionException if they are not
   */
  List<Reply> receive(int count, Deadline deadline) {
    sockets.readBy(deadline);
    List<Reply> replies = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      replies.add(receive());
    }
    lastUsed = System.nanoTime();
    return replies;
  }

  private Reply receive() {
    try {
      return reply(readProtocolWithCheckingBroken());
    } catch (JedisDataException e) {
      return error(e);
    }
  }

  private static Reply reply(@Nullable Object answer) {
    if (answer == null) {
      return Reply.NIL;
    } else if (answer instanceof byte[] bytes) {
      return new Reply.Bulk(bytes);
    } else if (answer instanceof Long number) {
      return new Reply.Int(number);
    } else if (answer instanceof List<?> elements) {
      List<Reply> replies = new ArrayList<>(elements.size());
      for (Object element : elements) {
        replies.add(reply(element));
      }
      return new Reply.Array(replies);
    } else if (answer instanceof JedisDataException e) {
      return error(e);
    }
    throw new JedisConnectionException("unknown kind of answer: " + answer.getClass().getName());
  }

  private static Reply error(JedisDataException e) {
    return new Reply.Failure(String.valueOf(e.getMessage()));
  }

  /** Closes the socket, even while another thread reads from it or writes to it. */
  void drop() {
    setBroken();
    sockets.close();
    try {
      forceDisconnect();
    } catch (IOException e) {
      // The connection is given up whether or not the operating system agrees.
      logger.log(System.Logger.Level.DEBUG, "closing a connection failed", e);
    }
  }

  private static ProtocolCommand command(String name) {
    return COMMANDS.computeIfAbsent(
        name,
        text -> {
          byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
          return () -> bytes;
        });
  }
}
