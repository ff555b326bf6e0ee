package io.stowage.adapter.redis.common;

import java.util.ArrayList;
import java.util.List;

/** One step of a scan on one node. */
final class ScanCommand {

  private static final byte[] MATCH = Bytes.ascii("MATCH");
  private static final byte[] COUNT = Bytes.ascii("COUNT");

  private ScanCommand() {}

  static KeyPage run(RedisConnection connection, String cursor, byte[] pattern, int count) {
    RedisCommand scan =
        RedisCommand.keyless(
            "SCAN", Bytes.ascii(cursor), MATCH, pattern, COUNT, Bytes.decimal(count));
    List<RedisCommand> batch = List.of(scan);
    List<Reply> replies = connection.execute(batch);
    ReplyErrors.checkReads(batch, replies);
    List<Reply> parts = Replies.array(replies.get(0));
    List<byte[]> keys = new ArrayList<>();
    for (Reply key : Replies.array(parts.get(1))) {
      keys.add(Replies.bytes(key));
    }
    String next = Replies.text(parts.get(0));
    return new KeyPage(keys, next.equals(RedisConnection.SCAN_START) ? null : next);
  }
}
