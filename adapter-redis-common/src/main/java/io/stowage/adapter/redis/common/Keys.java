package io.stowage.adapter.redis.common;

import io.stowage.api.IndexKind;
import io.stowage.spi.IndexTerm;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one store:
 *
 * <ul>
 *   <li>a record: {@code <prefix><store>:item:<id>}
 *   <li>one value of an exact index: {@code <prefix><store>:idx:<index>:<value>}
 *   <li>a range index: {@code <prefix><store>:rng:<index>}
 *   <li>the definition: {@code <prefix><store>:meta}
 * </ul>
 *
 * <p>A value that is long, cannot be written as UTF-8 or begins with {@code ~} is replaced by
 * {@code ~} and its SHA-256, so that keys stay short and no two values share one.
 */
final class Keys {

  private static final int MAX_VALUE_BYTES = 256;
  private static final char HASHED = '~';

  private final String base;
  private final byte[] itemPrefix;

  Keys(String prefix, String store) {
    base = prefix + store + ":";
    itemPrefix = Bytes.utf8(base + "item:");
  }

  byte[] item(String id) {
    byte[] name = Bytes.utf8(id);
    byte[] key = Arrays.copyOf(itemPrefix, itemPrefix.length + name.length);
    System.arraycopy(name, 0, key, itemPrefix.length, name.length);
    return key;
  }

  /** The id in a record's key; null if the key is none of an item of this store. */
  @Nullable String id(byte[] key) {
    int length = itemPrefix.length;
    if (key.length < length || !Arrays.equals(key, 0, length, itemPrefix, 0, length)) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(key, length, key.length - length))
          .toString();
    } catch (CharacterCodingException e) {
      return null; // written by somebody else: ids are always UTF-8
    }
  }

  /** The glob pattern that all records of the store match. */
  byte[] itemPattern() {
    String prefix = new String(itemPrefix, StandardCharsets.UTF_8);
    return Bytes.utf8(prefix.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*");
  }

  /** The text of the key of a term. */
  String term(IndexTerm term) {
    return term.kind() == IndexKind.RANGE
        ? base + "rng:" + term.index()
        : base + "idx:" + term.index() + ":" + shortened(term.value());
  }

  byte[] meta() {
    return Bytes.utf8(base + "meta");
  }

  private static String shortened(String value) {
    boolean asItIs =
        value.length() <= MAX_VALUE_BYTES
            && (value.isEmpty() || value.charAt(0) != HASHED)
            && fits(value);
    return asItIs ? value : HASHED + sha256(value);
  }

  /** Whether the value is well-formed and its UTF-8 short enough. */
  private static boolean fits(String value) {
    int bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else if (Character.isSurrogate(unit)) {
        return false;
      } else {
        bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      }
    }
    return bytes <= MAX_VALUE_BYTES;
  }

  private static String sha256(String value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer units = ByteBuffer.allocate(value.length() * Character.BYTES);
      units.asCharBuffer().put(value);
      return HexFormat.of().formatHex(digest.digest(units.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
