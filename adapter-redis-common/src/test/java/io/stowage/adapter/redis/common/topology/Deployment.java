package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.adapter.redis.common.KeyPage;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.NetworkSettings;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.ScanPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A connection through bare sockets, and short ways to use it. */
final class Deployment implements AutoCloseable {

  final SocketConnector client = new SocketConnector();
  final RedisConnection connection;

  private Deployment(ConnectionSettings settings) {
    connection = Deployments.open(RedisUri.parse(settings.uri()), settings, client);
  }

  static Deployment open(String uri, Duration commandTimeout) {
    return open(uri, commandTimeout, Duration.ofSeconds(30));
  }

  static Deployment open(String uri, Duration commandTimeout, Duration topologyRefresh) {
    return new Deployment(
        ConnectionSettings.of(uri)
            .withNetwork(
                NetworkSettings.defaults()
                    .withConnectTimeout(longer(commandTimeout))
                    .withCommandTimeout(commandTimeout)
                    .withTopologyRefresh(topologyRefresh)));
  }

  /** Who is patient with commands is so with connections. */
  private static Duration longer(Duration commandTimeout) {
    Duration usual = NetworkSettings.defaults().connectTimeout();
    return commandTimeout.compareTo(usual) > 0 ? commandTimeout : usual;
  }

  static ServerAddress address(EmbeddedRedis member) {
    return new ServerAddress(member.host(), member.port());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A command whose first argument is its key. */
  static RedisCommand command(String name, String key, String... rest) {
    List<byte[]> args = new ArrayList<>();
    args.add(utf8(key));
    for (String arg : rest) {
      args.add(utf8(arg));
    }
    return RedisCommand.of(name, utf8(key), args);
  }

  String call(String name, String key, String... rest) {
    return text(connection.execute(List.of(command(name, key, rest))).get(0));
  }

  List<String> call(List<RedisCommand> batch) {
    return connection.execute(batch).stream().map(Deployment::text).toList();
  }

  static String text(Reply reply) {
    if (reply instanceof Reply.Bulk bulk) {
      return new String(bulk.bytes(), StandardCharsets.UTF_8);
    } else if (reply instanceof Reply.Int integer) {
      return String.valueOf(integer.value());
    } else if (reply instanceof Reply.Failure error) {
      return "error " + error.text();
    } else if (reply instanceof Reply.Array array) {
      return array.elements().stream().map(Deployment::text).toList().toString();
    }
    return "nil";
  }

  /** All keys with a prefix; something else may happen before each step. */
  Set<String> scan(String prefix, int count, Runnable beforeEachStep) {
    Set<String> keys = new TreeSet<>();
    String position = ScanPage.START;
    for (int steps = 0; position != null; steps++) {
      if (steps > 2_000) {
        throw new AssertionError("the scan does not end; it stands at " + position);
      }
      beforeEachStep.run();
      KeyPage page = step(position, prefix, count);
      page.keys().forEach(key -> keys.add(new String(key, StandardCharsets.UTF_8)));
      position = page.next();
    }
    return keys;
  }

  /** A step whose answer was lost, in a restart for one, is simply taken again. */
  private KeyPage step(String position, String prefix, int count) {
    try {
      return connection.scan(position, utf8(prefix + "*"), count);
    } catch (AdapterException e) {
      assertThat(e.isTransient()).as(e.getMessage()).isTrue();
      return connection.scan(position, utf8(prefix + "*"), count);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
