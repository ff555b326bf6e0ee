package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.api.Credentials;
import io.stowage.embedded.redis.RespConnection;
import io.stowage.spi.AdapterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/**
 * A client over bare sockets, the smallest on which every topology runs; it tells what it sends.
 */
final class SocketConnector implements ServerConnector {

  /** What was sent to a server at once. */
  record Sent(ServerAddress to, List<String> commands) {}

  private final Set<Server> servers = ConcurrentHashMap.newKeySet();
  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final Queue<Sent> pending = new ConcurrentLinkedQueue<>();
  private volatile BiConsumer<ServerAddress, List<RedisCommand>> afterSending = (to, batch) -> {};

  /** What was sent and is not awaited so far, be it by a thread that has yet to come to it. */
  List<Sent> notAwaited() {
    return List.copyOf(pending);
  }

  /** What was sent since the last call, but for what connecting takes. */
  List<Sent> sent() {
    List<Sent> all = new ArrayList<>();
    Sent next;
    while ((next = sent.poll()) != null) {
      all.add(next);
    }
    return all;
  }

  /** What happens elsewhere after a batch was sent and before its answers are awaited. */
  void afterSending(BiConsumer<ServerAddress, List<RedisCommand>> event) {
    afterSending = event;
  }

  @Override
  public ServerConnection connect(ServerTarget target) {
    Server server = new Server(target);
    servers.add(server);
    return server;
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
  }

  private final class Server implements ServerConnection {

    private final ServerTarget target;
    private final Queue<RespConnection> idle = new ConcurrentLinkedQueue<>();

    Server(ServerTarget target) {
      this.target = target;
    }

    @Override
    public void warmUp(int connections) {
      idle.add(open());
    }

    @Override
    public PendingReplies send(List<RedisCommand> batch, Deadline deadline) {
      RespConnection polled = idle.poll();
      RespConnection connection = polled == null ? open() : polled;
      try {
        Batches.send(connection, batch);
      } catch (IOException e) {
        abandon(connection);
        throw unanswered(e);
      }
      Sent now = new Sent(target.address(), batch.stream().map(RedisCommand::toString).toList());
      sent.add(now);
      afterSending.accept(target.address(), batch);
      pending.add(now);
      return () -> {
        pending.remove(now);
        return await(connection, batch.size(), deadline);
      };
    }

    private List<Reply> await(RespConnection connection, int count, Deadline deadline) {
      try {
        List<Reply> replies = Batches.read(connection, count, deadline);
        idle.add(connection);
        return replies;
      } catch (IOException e) {
        abandon(connection);
        close();
        throw unanswered(e);
      }
    }

    private AdapterException unanswered(IOException e) {
      return AdapterException.unanswered("Redis at " + target.address() + ": " + e, e);
    }

    @Override
    public PendingReplies sendAlone(List<RedisCommand> batch, Deadline deadline) {
      return send(batch, deadline);
    }

    private RespConnection open() {
      try {
        RespConnection connection = Batches.open(target.address());
        Credentials credentials = target.credentials();
        if (credentials != null) {
          String user = credentials.user() == null ? "default" : credentials.user();
          ask(connection, RedisCommand.keyless("AUTH", ascii(user), ascii(credentials.password())));
        }
        if (target.readOnly()) {
          ask(connection, RedisCommand.keyless("READONLY"));
        }
        if (target.database() != 0) {
          ask(connection, RedisCommand.keyless("SELECT", ascii(String.valueOf(target.database()))));
        }
        return connection;
      } catch (IOException e) {
        throw ConnectFailures.of(target.address(), e);
      }
    }

    private void ask(RespConnection connection, RedisCommand command) throws IOException {
      Batches.send(connection, List.of(command));
      Reply reply = Batches.read(connection, 1, Deadline.in(Duration.ofSeconds(10))).get(0);
      if (reply instanceof Reply.Failure error) {
        abandon(connection);
        throw ReplyErrors.onConnect(target.address(), error.text(), null);
      }
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
      RespConnection connection;
      while ((connection = idle.poll()) != null) {
        abandon(connection);
      }
    }

    private static void abandon(RespConnection connection) {
      try {
        connection.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
