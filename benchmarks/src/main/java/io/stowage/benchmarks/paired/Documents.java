package io.stowage.benchmarks.paired;

import io.stowage.api.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Made-up chat messages of about 700 bytes of JSON, the same ones for the same seed. */
final class Documents {

  /** How many documents each session has. */
  static final int IN_SESSION = 100;

  private static final int IN_THREAD = 20;
  private static final int WORDS = 54;
  private static final Instant START = Instant.parse("2025-03-14T15:09:26.535897Z");
  private static final List<String> TYPES =
      List.of("user_message", "assistant_message", "tool_call", "tool_result");
  private static final List<String> VOCABULARY =
      List.of(
          "hotel",
          "centre",
          "parking",
          "double",
          "night",
          "cheapest",
          "stars",
          "breakfast",
          "station",
          "table",
          "restaurant",
          "people",
          "booked",
          "reference",
          "postcode",
          "train",
          "leaves",
          "arrives",
          "price",
          "pounds",
          "the",
          "a",
          "for",
          "with",
          "and",
          "from",
          "to");

  private final List<Document> all;
  private final List<String> ids;
  private final List<String> sessions;

  private Documents(List<Document> all) {
    this.all = List.copyOf(all);
    this.ids = all.stream().map(document -> document.id().orElseThrow()).toList();
    this.sessions =
        all.stream()
            .map(document -> String.valueOf(document.asMap().get(Layout.SESSION)))
            .distinct()
            .toList();
  }

  /** So many whole sessions. */
  static Documents made(long seed, int sessions) {
    Random random = new Random(seed);
    List<Document> made = new ArrayList<>(sessions * IN_SESSION);
    for (int i = 0; i < sessions * IN_SESSION; i++) {
      made.add(made(random, i));
    }
    return new Documents(made);
  }

  private static Document made(Random random, int number) {
    int thread = number / IN_THREAD;
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", new UUID(random.nextLong(), random.nextLong()).toString());
    fields.put(Layout.SESSION, "session-%06d".formatted(number / IN_SESSION));
    fields.put("thread_id", "thread-%08d".formatted(thread));
    fields.put("type", TYPES.get(random.nextInt(TYPES.size())));
    fields.put("created_at", START.plusMillis(number * 1_234L).toString());
    fields.put("user_id", "user-%06d".formatted(random.nextInt(1_000_000)));
    fields.put("turn", number % IN_THREAD);
    fields.put("score", random.nextInt(10_000) / 10_000.0);
    fields.put("visible", random.nextBoolean());
    fields.put("content", sentence(random));
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("prompt_tokens", random.nextInt(4_000));
    usage.put("completion_tokens", random.nextInt(400));
    fields.put("usage", usage);
    fields.put("tags", List.of("channel-web", "version-" + random.nextInt(40)));
    fields.put("parent", null);
    return Document.of(fields);
  }

  private static String sentence(Random random) {
    List<String> words = new ArrayList<>(WORDS);
    for (int i = 0; i < WORDS; i++) {
      words.add(VOCABULARY.get(random.nextInt(VOCABULARY.size())));
    }
    return String.join(" ", words) + ".";
  }

  int count() {
    return all.size();
  }

  Document get(int number) {
    return all.get(number);
  }

  List<String> ids() {
    return Collections.unmodifiableList(ids);
  }

  List<String> sessions() {
    return Collections.unmodifiableList(sessions);
  }
}
