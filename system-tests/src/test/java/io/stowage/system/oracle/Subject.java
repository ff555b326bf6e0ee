package io.stowage.system.oracle;

import io.stowage.api.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A store of which is known what each item holds and held. */
final class Subject<T> {

  private final Storage<T> storage;
  private final BiFunction<String, Content, T> toItem;
  private final Function<T, String> idOf;
  private final Function<T, Content> contentOf;
  private final List<String> ids;
  private final List<Timeline> timelines = new ArrayList<>();
  private final AtomicLong ranks;

  /**
   * Takes over a store.
   *
   * @param contents what the items with these ids hold now, in the same order; null for none
   */
  Subject(
      Storage<T> storage,
      BiFunction<String, Content, T> toItem,
      Function<T, String> idOf,
      Function<T, Content> contentOf,
      List<String> ids,
      List<? extends @Nullable Content> contents) {
    this.storage = storage;
    this.toItem = toItem;
    this.idOf = idOf;
    this.contentOf = contentOf;
    this.ids = List.copyOf(ids);
    contents.forEach(content -> timelines.add(new Timeline(content)));
    this.ranks = new AtomicLong(ids.size());
  }

  Storage<T> storage() {
    return storage;
  }

  List<String> ids() {
    return ids;
  }

  Timeline timeline(int index) {
    return timelines.get(index);
  }

  Found found(T item) {
    return new Found(idOf.apply(item), contentOf.apply(item));
  }

  /** Changes items of which the number modulo the number of threads is that of the thread. */
  int move(Random random, int thread, int threads) {
    List<Integer> own =
        IntStream.range(0, ids.size()).filter(i -> i % threads == thread).boxed().toList();
    int index = own.get(random.nextInt(own.size()));
    String id = ids.get(index);
    Timeline timeline = timelines.get(index);
    Content present = timeline.present();
    Content next =
        present == null
            ? Content.random(random, ranks.getAndIncrement())
            : present.changed(random, ranks.getAndIncrement());
    int chance = random.nextInt(10);
    if (chance == 0) {
      timeline.begin(null);
      storage.delete(id);
      timeline.end();
    } else if (chance < 3 && present != null) {
      timeline.begin(next);
      storage.update(id, item -> toItem.apply(id, next));
      timeline.end();
    } else if (chance == 3) {
      return moveSeveral(random, own);
    } else {
      timeline.begin(next);
      storage.save(toItem.apply(id, next));
      timeline.end();
    }
    return 1;
  }

  private int moveSeveral(Random random, List<Integer> own) {
    List<Integer> chosen = new ArrayList<>(own);
    Collections.shuffle(chosen, random);
    chosen = chosen.subList(0, 3);
    List<T> items = new ArrayList<>();
    for (int index : chosen) {
      Content next = Content.random(random, ranks.getAndIncrement());
      timelines.get(index).begin(next);
      items.add(toItem.apply(ids.get(index), next));
    }
    storage.saveAll(items);
    chosen.forEach(index -> timelines.get(index).end());
    return chosen.size();
  }

  /** An item as it was answered. */
  record Found(String id, Content content) {}
}
