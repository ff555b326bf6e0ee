package io.stowage.system.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What an item holds beside its id; null stands for a field that is not there. */
record Content(
    @Nullable String kind,
    @Nullable List<String> tags,
    @Nullable Integer size,
    long rank,
    @Nullable String color,
    @Nullable String note) {

  static final List<String> WORDS = List.of("a", "b", "c", "d", "e");
  private static final int SIZES = 6;

  /** Content by chance, at this place in the order. */
  static Content random(Random random, long rank) {
    return new Content(word(random), words(random), size(random), rank, word(random), word(random));
  }

  /** The same with one or two of its values drawn again. */
  Content changed(Random random, long laterRank) {
    Content next = this;
    for (int i = 0; i <= random.nextInt(2); i++) {
      next =
          switch (random.nextInt(6)) {
            case 0 ->
                new Content(word(random), next.tags, next.size, next.rank, next.color, next.note);
            case 1 ->
                new Content(next.kind, words(random), next.size, next.rank, next.color, next.note);
            case 2 ->
                new Content(next.kind, next.tags, size(random), next.rank, next.color, next.note);
            case 3 ->
                new Content(next.kind, next.tags, next.size, next.rank, word(random), next.note);
            case 4 ->
                new Content(next.kind, next.tags, next.size, next.rank, next.color, word(random));
            default ->
                random.nextInt(2) == 0
                    ? new Content(next.kind, next.tags, next.size, laterRank, next.color, next.note)
                    : next;
          };
    }
    return next;
  }

  private static @Nullable String word(Random random) {
    int at = random.nextInt(WORDS.size() + 1);
    return at == WORDS.size() ? null : WORDS.get(at);
  }

  private static @Nullable Integer size(Random random) {
    int size = random.nextInt(SIZES + 1);
    return size == SIZES ? null : size;
  }

  private static @Nullable List<String> words(Random random) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (String word : WORDS) {
      if (random.nextInt(3) == 0) {
        words.add(word);
      }
    }
    return words;
  }
}
