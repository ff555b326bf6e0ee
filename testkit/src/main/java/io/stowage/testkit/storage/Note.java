package io.stowage.testkit.storage;

import io.stowage.api.ItemType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable typed item of the contract's tests.
 *
 * @param id the id, or null to have one generated
 * @param sessionId an exact index
 * @param kind an exact index on an enum
 * @param urgent an exact index on a boolean
 * @param priority an exact index on a number
 * @param createdAt a range index on a moment, and the order
 * @param tags an exact index with several values
 * @param text a field without an index
 * @param expiresAt when the item expires by its own account
 */
public record Note(
    @Nullable String id,
    @Nullable String sessionId,
    Kind kind,
    boolean urgent,
    int priority,
    Instant createdAt,
    List<String> tags,
    String text,
    @Nullable Instant expiresAt) {

  /** What a note is about. */
  public enum Kind {
    TASK,
    IDEA
  }

  static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");

  /** A note of a session, created some seconds after {@link #EPOCH}. */
  static Note of(@Nullable String id, String session, int seconds) {
    Instant created = EPOCH.plusSeconds(seconds);
    return new Note(id, session, Kind.TASK, false, 1, created, List.of(), "text", null);
  }

  Note withTags(String... tags) {
    return new Note(
        id, sessionId, kind, urgent, priority, createdAt, List.of(tags), text, expiresAt);
  }

  Note withText(String text) {
    return new Note(id, sessionId, kind, urgent, priority, createdAt, tags, text, expiresAt);
  }

  Note expiring(Instant at) {
    return new Note(id, sessionId, kind, urgent, priority, createdAt, tags, text, at);
  }

  static ItemType<Note> type(String store) {
    return described(store).id(Note::id).build();
  }

  /** The type with a function that sets a generated id. */
  static ItemType<Note> typeWithId(String store) {
    return described(store)
        .id(
            Note::id,
            (note, id) ->
                new Note(
                    id,
                    note.sessionId,
                    note.kind,
                    note.urgent,
                    note.priority,
                    note.createdAt,
                    note.tags,
                    note.text,
                    note.expiresAt))
        .build();
  }

  private static ItemType.Builder<Note> described(String store) {
    return ItemType.of(store, Note.class)
        .index("session_id", Note::sessionId)
        .index("kind", Note::kind)
        .index("urgent", Note::urgent)
        .index("priority", Note::priority)
        .index("tags", Note::tags)
        .index("first_word", note -> note.text().split(" ", 2)[0])
        .range("created_at", Note::createdAt)
        .orderedBy("created_at")
        .expiresAt(Note::expiresAt);
  }
}
