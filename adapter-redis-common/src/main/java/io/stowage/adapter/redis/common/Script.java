package io.stowage.adapter.redis.common;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script of one key, called by its digest. */
final class Script {

  private final byte[] source;
  private final byte[] digest;

  Script(String source) {
    this.source = Bytes.utf8(source);
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
}
