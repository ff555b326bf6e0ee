package io.stowage.system.coding;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Made-up messages of a chat about errands: about 700 bytes of JSON each, the same for a seed. */
final class Messages {

  private static final List<String> WORDS =
      List.of(
          "please",
          "could",
          "you",
          "find",
          "me",
          "a",
          "restaurant",
          "table",
          "for",
          "two",
          "people",
          "tomorrow",
          "evening",
          "near",
          "the",
          "station",
          "and",
          "book",
          "it",
          "under",
          "my",
          "name",
          "thanks",
          "that",
          "sounds",
          "good",
          "what",
          "about",
          "price",
          "range",
          "is",
          "there",
          "parking",
          "do",
          "they",
          "serve",
          "vegetarian",
          "food",
          "I",
          "would",
          "like",
          "to",
          "leave",
          "at",
          "half",
          "past",
          "seven",
          "from",
          "airport",
          "with",
          "direct",
          "flight",
          "cheapest",
          "ticket",
          "window",
          "seat",
          "confirm",
          "reservation",
          "phone",
          "number",
          "address",
          "street",
          "museum",
          "opens",
          "weekend",
          "hotel",
          "room",
          "breakfast",
          "included",
          "weather",
          "rain",
          "umbrella",
          "movie",
          "theatre",
          "play",
          "music",
          "album",
          "doctor",
          "appointment",
          "dentist",
          "bank",
          "transfer",
          "balance");

  private static final List<String> SERVICES =
      List.of("Restaurants_2", "Flights_4", "Hotels_1", "Movies_3", "Banks_1", "Weather_1");

  private final Random random;

  Messages(long seed) {
    this.random = new Random(seed);
  }

  static ItemType<Document> type(String store) {
    return ItemType.documents(store).index("session_id", "thread_id", "type").build();
  }

  /** The next message. */
  Document message(int number) {
    boolean isOfUser = number % 2 == 0;
    String service = SERVICES.get(random.nextInt(SERVICES.size()));
    String session = "%d_%05d".formatted(number / 2_000 % 128, number / 20);
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("id", session + "-%03d".formatted(number % 20));
    message.put("session_id", session);
    message.put("thread_id", session + "/" + service);
    message.put("type", isOfUser ? "user_message" : "system_message");
    message.put("created_at", 1_735_689_660_000L + number * 1_500L + random.nextInt(900));
    message.put("content", text(68 + random.nextInt(18)));
    message.put(
        "metadata",
        Map.of(
            "service",
            service,
            "turn",
            number % 20,
            "acts",
            Collections.nCopies(1 + random.nextInt(2), isOfUser ? "INFORM" : "REQUEST"),
            "tokens",
            random.nextInt(4_000)));
    return Document.of(message);
  }

  private String text(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.append('.').toString();
  }
}
