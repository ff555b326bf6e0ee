package io.stowage.adapter.redis.common;

import io.stowage.spi.BlobNames;
import io.stowage.spi.BlobPort;
import java.util.List;
import java.util.Optional;

/**
 * The blobs of one store: a key each. One round trip a call. {@code WAIT} tells of what its own
 * connection wrote, so where replicas are to confirm, a blob that is there is written again.
 */
final class RedisBlobs implements BlobPort {

  private static final byte[] IF_ABSENT = Bytes.ascii("NX");

  private final Pipeline pipeline;
  private final ScriptRunner scripts;
  private final Keys keys;

  RedisBlobs(Pipeline pipeline, Keys keys) {
    this.pipeline = pipeline;
    this.scripts = new ScriptRunner(pipeline);
    this.keys = keys;
  }

  /** Never answered by a replica: who was told a name shall find what it stands for. */
  @Override
  public Optional<byte[]> read(String name) {
    Reply reply = pipeline.readLatest(RedisCommand.onKey("GET", key(name)));
    return reply instanceof Reply.Nil ? Optional.empty() : Optional.of(Replies.bytes(reply));
  }

  @Override
  public boolean add(String name, byte[] bytes) {
    byte[] key = key(name);
    if (pipeline.isConfirming()) {
      ScriptCall call = new ScriptCall(Scripts.ADD_OR_WRITE_AGAIN, key, List.of(bytes));
      return Replies.integer(scripts.run(call)) == 1;
    }
    return write(RedisCommand.of("SET", key, List.of(key, bytes, IF_ABSENT)));
  }

  @Override
  public void put(String name, byte[] bytes) {
    byte[] key = key(name);
    boolean unused = write(RedisCommand.of("SET", key, List.of(key, bytes)));
  }

  @Override
  public boolean remove(String name) {
    return write(RedisCommand.onKey("DEL", key(name)));
  }

  private byte[] key(String name) {
    return keys.blob(BlobNames.check(name));
  }

  /** Answers whether something was changed; where nothing was there is nothing to confirm. */
  private boolean write(RedisCommand command) {
    List<RedisCommand> commands = List.of(command);
    Written written = pipeline.write(commands);
    ReplyErrors.checkWrites(commands::get, written.replies());
    boolean hasChanged = hasChanged(written.replies().get(0));
    if (hasChanged) {
      pipeline.confirm(written);
    }
    return hasChanged;
  }

  /** A {@code SET} that was not done answers nothing, a {@code DEL} of nothing answers 0. */
  private static boolean hasChanged(Reply reply) {
    return !(reply instanceof Reply.Nil)
        && !(reply instanceof Reply.Int removed && removed.value() == 0);
  }
}
