package io.stowage.system.storage;

import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.system.support.AllowedSkip;
import io.stowage.testkit.storage.Docs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** Real chat messages, read from a file beside the project, and plain loops over them. */
final class ChatMessages {

  private static final Path FILE =
      Path.of("..", "..", "shared", "data", "sgd-dialogues.jsonl.gz").toAbsolutePath().normalize();

  private final List<Document> all;

  private ChatMessages(List<Document> all) {
    this.all = all;
  }

  /** The messages; without the file the test is skipped. */
  static ChatMessages read() throws IOException {
    if (!Files.exists(FILE)) {
      throw AllowedSkip.NO_REAL_DATA.skip();
    }
    JsonCodec codec = new JsonCodec();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      return new ChatMessages(
          lines
              .lines()
              .map(line -> Document.of(codec.fields(line.getBytes(StandardCharsets.UTF_8))))
              .toList());
    }
  }

  List<Document> all() {
    return all;
  }

  /** The ids of the messages that match, newest first. */
  List<String> newestFirst(Predicate<Document> condition) {
    return all.stream()
        .filter(condition)
        .sorted(Comparator.comparing(ChatMessages::createdAt).thenComparing(Docs::idOf).reversed())
        .map(Docs::idOf)
        .toList();
  }

  static long createdAt(Document message) {
    return message.get("created_at") instanceof Long millis ? millis : Long.MIN_VALUE;
  }

  static Predicate<Document> has(String field, Object value) {
    return message -> value.equals(message.get(field));
  }
}
