package io.stowage.testkit.port;

import io.stowage.adapter.redis.lettuce.LettuceAdapterProvider;
import io.stowage.spi.StorageAdapter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every clause on Lettuce and the machine's own Redis. */
class LettuceNewerRedisAdapterContractTest extends AdapterContract {

  @RegisterExtension static final RedisServer SERVER = RedisServer.onPath();

  @Override
  protected StorageAdapter openAdapter() {
    return new LettuceAdapterProvider().connect(SERVER.settings());
  }
}
