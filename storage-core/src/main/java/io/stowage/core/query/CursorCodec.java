package io.stowage.core.query;

import io.stowage.api.Cursor;
import io.stowage.api.FieldValue;
import io.stowage.api.Query;
import io.stowage.api.Version;
import io.stowage.core.item.Place;
import io.stowage.spi.EntryRef;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes the place where a page ended into a cursor, together with a fingerprint of the store and
 * of what the query means, and reads it back, in any process, for such a query only.
 */
final class CursorCodec {

  private static final byte FORMAT = 2;
  private static final int FINGERPRINT_AT = 1;
  private static final int HEADER_BYTES = 1 + 8 + 8 + 8 + 4;

  private final String store;

  CursorCodec(String store) {
    this.store = store;
  }

  Cursor write(Query query, Place place) {
    byte[] id = place.id().getBytes(StandardCharsets.UTF_8);
    FieldValue held = place.value();
    byte[] value = (held == null ? "" : held.canonicalText()).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + value.length + id.length);
    buffer.put(FORMAT).putLong(0).putDouble(place.score()).putLong(place.version().bits());
    buffer.putInt(value.length).put(value).put(id);
    buffer.putLong(FINGERPRINT_AT, fingerprint(query, buffer.array()));
    return new Cursor(Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array()));
  }

  /**
   * The place in a cursor.
   *
   * @throws IllegalArgumentException if the cursor was not made for this query of this store
   */
  Place read(Query query, Cursor cursor) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor.token());
    } catch (IllegalArgumentException e) {
      throw refusal(cursor, "is damaged", e);
    }
    if (bytes.length <= HEADER_BYTES || bytes[0] != FORMAT) {
      throw refusal(cursor, "is damaged", null);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long found = buffer.getLong(FINGERPRINT_AT);
    buffer.putLong(FINGERPRINT_AT, 0);
    if (found != fingerprint(query, bytes)) {
      throw refusal(cursor, "is damaged, or belongs to another query or store", null);
    }
    buffer.position(FINGERPRINT_AT + Long.BYTES);
    try {
      return place(buffer);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw refusal(cursor, "is damaged", e);
    }
  }

  private static Place place(ByteBuffer buffer) {
    double score = buffer.getDouble();
    Version version = new Version(buffer.getLong());
    int length = buffer.getInt();
    ByteBuffer text = buffer.slice(buffer.position(), Math.min(length, buffer.remaining()));
    FieldValue value = value(StandardCharsets.US_ASCII.decode(text).toString());
    buffer.position(buffer.position() + length);
    String id = StandardCharsets.UTF_8.decode(buffer).toString();
    return new Place(new EntryRef(id, version, score), value);
  }

  /** The number or moment with a canonical text. */
  private static @Nullable FieldValue value(String text) {
    if (text.isEmpty()) {
      return null;
    }
    String rest = text.substring(1);
    Object value = text.charAt(0) == '#' ? new BigDecimal(rest) : Instant.parse(rest);
    return FieldValue.of(value).orElseThrow(() -> new IllegalArgumentException("too large"));
  }

  private static IllegalArgumentException refusal(
      Cursor cursor, String reason, @Nullable Throwable cause) {
    String token = cursor.token();
    return new IllegalArgumentException(
        "cursor '"
            + (token.length() > 40 ? token.substring(0, 40) + "…" : token)
            + "' "
            + reason
            + "; allowed is Page.next() of the same query",
        cause);
  }

  /** A hash of the store, the query and the place, which it does not cover itself. */
  private long fingerprint(Query query, byte[] place) {
    StringBuilder text = new StringBuilder();
    append(text, store);
    append(text, query.order() == Query.Order.NEWEST_FIRST ? "newest" : "oldest");
    append(text, CanonicalFilter.text(query.filter()));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.toString().getBytes(StandardCharsets.UTF_16BE));
      return ByteBuffer.wrap(digest.digest(place)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }
}
