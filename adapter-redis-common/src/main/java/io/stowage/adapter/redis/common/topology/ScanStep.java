package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code SCAN} of one server, and which run of it answered: a cursor means nothing to another
 * server, nor to the same one after a restart, because the order of keys is secret and chosen at
 * every start.
 *
 * @param run the id of the server's run; {@link #UNKNOWN_RUN} if it may not be asked
 * @param keys the keys found
 * @param cursor where to go on; {@link #BEGIN} at the end
 */
record ScanStep(String run, List<byte[]> keys, String cursor) {

  static final String BEGIN = "0";
  static final String UNKNOWN_RUN = "-";

  private static final Pattern RUN_ID = Pattern.compile("(?m)^run_id:([0-9a-zA-Z]+)");

  ScanStep {
    keys = List.copyOf(keys);
  }

  static List<RedisCommand> commands(String cursor, byte[] pattern, int count) {
    return List.of(
        RedisCommand.keyless("INFO", ascii("server")),
        RedisCommand.keyless(
            "SCAN",
            ascii(cursor),
            ascii("MATCH"),
            pattern,
            ascii("COUNT"),
            ascii(Integer.toString(count))));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads the answers to {@link #commands}; an error to {@code SCAN} is thrown. */
  static ScanStep read(List<RedisCommand> commands, List<Reply> replies) {
    ReplyErrors.checkReads(commands.subList(1, 2), replies.subList(1, 2));
    List<Reply> parts = Replies.array(replies.get(1));
    List<byte[]> keys = new ArrayList<>();
    for (Reply key : Replies.array(parts.get(1))) {
      keys.add(Replies.bytes(key));
    }
    return new ScanStep(run(replies.get(0)), keys, Replies.text(parts.get(0)));
  }

  private static String run(Reply info) {
    if (info instanceof Reply.Bulk) {
      Matcher matcher = RUN_ID.matcher(Replies.text(info));
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return UNKNOWN_RUN;
  }

  /** Whether the cursor that was sent came from another run of the server. */
  boolean isOfAnotherRun(String expected) {
    return !expected.equals(UNKNOWN_RUN) && !run.equals(UNKNOWN_RUN) && !run.equals(expected);
  }

  boolean isLast() {
    return cursor.equals(BEGIN);
  }
}
