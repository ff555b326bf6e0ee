package io.stowage.benchmarks.paired;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lettuce with one connection that all threads share; pipelines are written at once. */
final class RawLettuce implements RawClient {

  private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;
  private static final long TIMEOUT_SECONDS = 2;

  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final String commit;

  RawLettuce(String host, int port, int database) {
    this.client = RedisClient.create();
    client.setOptions(
        ClientOptions.builder()
            .protocolVersion(ProtocolVersion.RESP2)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .build());
    RedisURI uri = RedisURI.Builder.redis(host, port).withDatabase(database).build();
    this.connection = client.connect(CODEC, uri);
    this.commit = connection.sync().scriptLoad(CommitScript.source());
  }

  @Override
  public List<?> write(
      List<byte[]> indexKeys, long score, byte[] member, byte[] itemKey, List<byte[]> arguments) {
    List<AsyncCommand<byte[], byte[], ?>> pipeline = new ArrayList<>(indexKeys.size() + 1);
    for (byte[] key : indexKeys) {
      pipeline.add(
          command(
              CommandType.ZADD,
              new IntegerOutput<>(CODEC),
              arguments().addKey(key).add(score).addValue(member)));
    }
    AsyncCommand<byte[], byte[], List<Object>> answer =
        command(
            CommandType.EVALSHA,
            new NestedMultiOutput<>(CODEC),
            arguments().add(commit).add(1).addKey(itemKey).addValues(arguments));
    pipeline.add(answer);
    send(pipeline);
    return answer.getNow(List.of());
  }

  /** Answers come in order, so there is one wait, for the last; each may be an error. */
  private void send(List<AsyncCommand<byte[], byte[], ?>> pipeline) {
    connection.dispatch(pipeline);
    for (int i = pipeline.size() - 1; i >= 0; i--) {
      LettuceFutures.awaitOrCancel(pipeline.get(i), TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static CommandArgs<byte[], byte[]> arguments() {
    return new CommandArgs<>(CODEC);
  }

  private static <T> AsyncCommand<byte[], byte[], T> command(
      CommandType type,
      CommandOutput<byte[], byte[], T> output,
      CommandArgs<byte[], byte[]> arguments) {
    return new AsyncCommand<>(new Command<>(type, output, arguments));
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return connection.sync().get(key);
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> keys) {
    List<byte @Nullable []> values = new ArrayList<>(keys.size());
    for (KeyValue<byte[], byte[]> value : connection.sync().mget(keys.toArray(byte[][]::new))) {
      values.add(value.hasValue() ? value.getValue() : null);
    }
    return values;
  }

  @Override
  public List<byte[]> range(byte[] key, long first, long last) {
    return connection.sync().zrange(key, first, last);
  }

  @Override
  public void remove(Map<String, List<byte[]>> members) {
    List<AsyncCommand<byte[], byte[], ?>> pipeline = new ArrayList<>(members.size());
    members.forEach(
        (key, removed) ->
            pipeline.add(
                command(
                    CommandType.ZREM,
                    new IntegerOutput<>(CODEC),
                    arguments().addKey(Layout.utf8(key)).addValues(removed))));
    send(pipeline);
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(0, TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
