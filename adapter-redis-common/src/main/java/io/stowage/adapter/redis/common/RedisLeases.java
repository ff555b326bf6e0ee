package io.stowage.adapter.redis.common;

import io.stowage.spi.Expiry;
import io.stowage.spi.LeasePort;
import java.time.Duration;
import java.util.List;

/**
 * The leases of one store: a key each, which expires with the lease and is removed when it is given
 * back. One round trip a call.
 */
final class RedisLeases implements LeasePort {

  private final ScriptRunner scripts;
  private final Keys keys;

  RedisLeases(Pipeline pipeline, Keys keys) {
    this.scripts = new ScriptRunner(pipeline);
    this.keys = keys;
  }

  @Override
  public boolean acquire(String name, String holder, Duration duration) {
    byte[] millis = Bytes.decimal(Expiry.after(duration).millis());
    return isDone(Scripts.ACQUIRE, name, List.of(Bytes.utf8(holder), millis));
  }

  @Override
  public boolean release(String name, String holder) {
    return isDone(Scripts.RELEASE, name, List.of(Bytes.utf8(holder)));
  }

  private boolean isDone(Script script, String name, List<byte[]> args) {
    return Replies.integer(scripts.run(new ScriptCall(script, keys.lease(name), args))) == 1;
  }
}
