package io.stowage.adapter.redis.common;

import io.stowage.api.IndexKind;
import io.stowage.spi.IndexTerm;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one store:
 *
 * <ul>
 *   <li>a record: {@code <prefix><store>:item:<id>}
 *   <li>one value of an exact index: {@code <prefix><store>:idx:<index>:<value>}
 *   <li>one value of a blind index: {@code <prefix><store>:bld:<index>:<hash>}
 *   <li>a range index: {@code <prefix><store>:rng:<index>}
 *   <li>the definition: {@code <prefix><store>:meta}
 *   <li>a lease: {@code <prefix><store>:lease:<name>}
 *   <li>a blob: {@code <prefix><store>:blob:<name>}
 * </ul>
 *
 * <p>Neither store names nor index names hold a colon, so every key can be read back.
 */
final class Keys {

  private static final String EXACT = "idx:";
  private static final String BLIND = "bld:";
  private static final String RANGE = "rng:";

  /** A pattern that all kinds of index keys match, and hardly anything else. */
  private static final String ANY_INDEX = "[ibr][dln][xdg]:*";

  private static final int MAX_VALUE_BYTES = 256;

  private final String base;
  private final byte[] basePrefix;
  private final byte[] itemPrefix;

  Keys(String prefix, String store) {
    base = prefix + store + ":";
    basePrefix = Bytes.utf8(base);
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
    return after(itemPrefix, key);
  }

  /** The text of the key of a term. */
  String term(IndexTerm term) {
    return switch (term.kind()) {
      case EXACT -> base + EXACT + term.index() + ":" + term.value();
      case BLIND -> base + BLIND + term.index() + ":" + term.value();
      case RANGE -> base + RANGE + term.index();
    };
  }

  /** The term whose key this is; null if the key is none of an index of this store. */
  @Nullable IndexTerm term(byte[] key) {
    String rest = after(basePrefix, key);
    if (rest == null) {
      return null;
    }
    if (rest.startsWith(RANGE)) {
      String index = rest.substring(RANGE.length());
      return index.isEmpty() || index.indexOf(':') >= 0 ? null : IndexTerm.range(index);
    }
    if (rest.startsWith(BLIND)) {
      return byValue(IndexKind.BLIND, rest.substring(BLIND.length()));
    }
    return rest.startsWith(EXACT) ? byValue(IndexKind.EXACT, rest.substring(EXACT.length())) : null;
  }

  private static @Nullable IndexTerm byValue(IndexKind kind, String rest) {
    int colon = rest.indexOf(':');
    if (colon <= 0) {
      return null;
    }
    String value = rest.substring(colon + 1);
    return Bytes.utf8(value).length > MAX_VALUE_BYTES
        ? null
        : IndexTerm.stored(rest.substring(0, colon), kind, value);
  }

  byte[] meta() {
    return Bytes.utf8(base + "meta");
  }

  byte[] lease(String name) {
    return Bytes.utf8(base + "lease:" + name);
  }

  byte[] blob(String name) {
    return Bytes.utf8(base + "blob:" + name);
  }

  /** The glob pattern that all records of the store match. */
  byte[] itemPattern() {
    return pattern("item:*");
  }

  /** The glob pattern that all index keys of the store match; others may match it too. */
  byte[] termPattern() {
    return pattern(ANY_INDEX);
  }

  private byte[] pattern(String glob) {
    return Bytes.utf8(base.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + glob);
  }

  /** What follows a prefix; null if the key has another, or was not written as text. */
  private static @Nullable String after(byte[] prefix, byte[] key) {
    int length = prefix.length;
    if (key.length < length || !Arrays.equals(key, 0, length, prefix, 0, length)) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(key, length, key.length - length))
          .toString();
    } catch (CharacterCodingException e) {
      return null; // written by somebody else: this library writes nothing but UTF-8
    }
  }
}
