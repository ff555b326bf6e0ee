package io.stowage.testkit.port;

import io.stowage.adapter.redis.jedis.JedisAdapterProvider;
import io.stowage.spi.StorageAdapter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every clause on Jedis and the machine's own Redis. */
class JedisNewerRedisAdapterContractTest extends AdapterContract {

  @RegisterExtension static final RedisServer SERVER = RedisServer.onPath();

  @Override
  protected StorageAdapter openAdapter() {
    return new JedisAdapterProvider().connect(SERVER.settings());
  }
}
