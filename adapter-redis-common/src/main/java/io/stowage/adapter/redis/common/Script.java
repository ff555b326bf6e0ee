package io.stowage.adapter.redis.common;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;

/** A Lua script, called by its digest. */
final class Script {

  private final byte[] source;
  private final byte[] digest;
  private final Predicate<Reply> changes;

  /**
   * @param changes whether an answer that is no error says that something was changed
   */
  Script(String source, Predicate<Reply> changes) {
    this.source = Bytes.utf8(source);
    this.changes = changes;
    try {
      byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(this.source);
      this.digest = HexFormat.of().formatHex(sha1).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  byte[] source() {
    return source;
  }

  byte[] digest() {
    return digest;
  }

  /** Whether an answer says that something was changed. */
  boolean hasChanged(Reply reply) {
    return !(reply instanceof Reply.Failure) && changes.test(reply);
  }
}
