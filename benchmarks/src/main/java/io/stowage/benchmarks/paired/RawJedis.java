package io.stowage.benchmarks.paired;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Jedis with its own pool of as many connections as the library's has. */
final class RawJedis implements RawClient {

  private static final int CONNECTIONS = 8;

  private final RedisClient client;
  private final byte[] commit;

  RawJedis(String host, int port, int database) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    this.client =
        RedisClient.builder()
            .hostAndPort(host, port)
            .clientConfig(DefaultJedisClientConfig.builder().resp2().database(database).build())
            .poolConfig(pool)
            .build();
    this.commit = client.scriptLoad(CommitScript.source(), new byte[0]);
  }

  @Override
  public List<?> write(
      List<byte[]> indexKeys, long score, byte[] member, byte[] itemKey, List<byte[]> arguments) {
    Response<Object> answer;
    try (Pipeline pipeline = client.pipelined()) {
      List<Response<Long>> added =
          indexKeys.stream().map(key -> pipeline.zadd(key, (double) score, member)).toList();
      answer = pipeline.evalsha(commit, List.of(itemKey), arguments);
      pipeline.sync();
      added.forEach(Response::get);
    }
    return (List<?>) answer.get();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return client.get(key);
  }

  @Override
  public List<byte @Nullable []> getAll(List<byte[]> keys) {
    return client.mget(keys.toArray(byte[][]::new));
  }

  @Override
  public List<byte[]> range(byte[] key, long first, long last) {
    return client.zrange(key, first, last);
  }

  @Override
  public void remove(Map<String, List<byte[]>> members) {
    try (Pipeline pipeline = client.pipelined()) {
      List<Response<Long>> removed =
          members.entrySet().stream()
              .map(
                  set ->
                      pipeline.zrem(
                          Layout.utf8(set.getKey()), set.getValue().toArray(byte[][]::new)))
              .toList();
      pipeline.sync();
      removed.forEach(Response::get);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
