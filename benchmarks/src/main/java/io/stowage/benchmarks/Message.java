package io.stowage.benchmarks;

import java.time.Instant;
import java.util.List;

/** An item as chat applications store them: about 700 bytes of JSON. */
record Message(
    String id,
    String sessionId,
    String userId,
    Instant createdAt,
    String role,
    int turn,
    double score,
    boolean visible,
    String content,
    Usage usage,
    Origin origin,
    List<Attachment> attachments) {

  /** What a model consumed. */
  record Usage(long promptTokens, long completionTokens, String modelName) {}

  /** Where a message came from. */
  record Origin(String channel, String clientVersion, String ipAddress) {}

  /** A file sent along. */
  record Attachment(String fileName, String mediaType, long sizeInBytes) {}

  static Message sample() {
    return new Message(
        "0194f7a2-5b1c-7c3e-9a51-3d4b8a6f1e20",
        "session-7f3a9c",
        "user-104233",
        Instant.parse("2025-03-14T15:09:26.535897932Z"),
        "assistant",
        17,
        0.8731,
        true,
        "I found three hotels in the centre that have free parking and a double room for the two"
            + " nights you asked about. The cheapest is the “Alpha-Milton” at £52 a night; the"
            + " nicest one, with four stars, costs £79 and serves breakfast until eleven. Shall I"
            + " book one of them?",
        new Usage(1_843, 96, "large-2025-02"),
        new Origin("web", "4.12.0", "203.0.113.17"),
        List.of(new Attachment("map.png", "image/png", 48_213)));
  }
}
