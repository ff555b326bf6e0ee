package io.stowage.system.crash;

import static io.stowage.api.Query.where;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Items with indexes of every form, few enough that they share index keys. */
final class CrashItems {

  /** The exact indexes. */
  static final Set<String> EXACT = Set.of("color", "owner", "tags");

  /** The range indexes. */
  static final Set<String> RANGE = Set.of("rank");

  private static final List<String> WORDS = List.of("red", "green", "blue");
  private static final int GROUPS = 3;
  private static final int IDS_IN_GROUP = 4;

  private final Random random;
  private int writes;

  CrashItems(Random random) {
    this.random = random;
  }

  static ItemType<Document> type(String store) {
    return ItemType.documents(store).index("color", "owner", "tags").range("rank").build();
  }

  /** Some ids that share a tag, in random order. */
  List<String> ids(int count) {
    int group = random.nextInt(GROUPS);
    return random
        .ints(0, IDS_IN_GROUP)
        .distinct()
        .limit(count)
        .mapToObj(number -> "{g" + group + "}" + number)
        .toList();
  }

  /** All ids that there can be. */
  static List<String> allIds() {
    return IntStream.range(0, GROUPS * IDS_IN_GROUP)
        .mapToObj(i -> "{g" + i / IDS_IN_GROUP + "}" + i % IDS_IN_GROUP)
        .toList();
  }

  /** A document that differs from all before. */
  Document document(String id) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", id);
    fields.put("color", word());
    fields.put("owner", word());
    fields.put("tags", List.of(word(), word()));
    fields.put("rank", random.nextInt(5));
    fields.put("write", writes++);
    return Document.of(fields);
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /** One query for each value of each index, with what it means. */
  static Map<Query, Predicate<Document>> queries() {
    Map<Query, Predicate<Document>> queries = new LinkedHashMap<>();
    for (String word : WORDS) {
      queries.put(where("color").is(word), it -> word.equals(it.get("color")));
      queries.put(where("owner").is(word), it -> word.equals(it.get("owner")));
      queries.put(
          where("tags").is(word),
          it -> it.get("tags") instanceof List<?> tags && tags.contains(word));
    }
    for (int rank = 0; rank < 5; rank++) {
      long least = rank;
      queries.put(
          where("rank").atLeast(least),
          it -> it.get("rank") instanceof Long number && number >= least);
    }
    return queries;
  }
}
