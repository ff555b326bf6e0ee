package io.stowage.system.soak;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Items that one thread writes, and that die in one way. */
final class Group {

  private static final int MIN_LIFE_MILLIS = 200;
  private static final int MAX_LIFE_MILLIS = 2_000;

  private final String name;
  private final Storage<Document> storage;
  private final Random random;
  private final Map<String, Knowledge> items = new LinkedHashMap<>();
  private long stored;

  Group(String name, int size, Mortality mortality, Storage<Document> storage, Random random) {
    this.name = name;
    this.storage = storage;
    this.random = random;
    for (int i = 0; i < size; i++) {
      String id = name + "-" + i;
      items.put(id, new Knowledge(id, name, mortality));
    }
  }

  Query query() {
    return where("group").is(name);
  }

  private Knowledge any() {
    int number = random.nextInt(items.size());
    return items.values().stream().skip(number).findFirst().orElseThrow();
  }

  private Document next(Knowledge item) {
    return item.next(MIN_LIFE_MILLIS + random.nextInt(MAX_LIFE_MILLIS - MIN_LIFE_MILLIS));
  }

  /** Saves all that may be dead. */
  void fill() {
    long now = Knowledge.now();
    List<Knowledge> missing =
        items.values().stream().filter(item -> !item.isThereUntil(now)).toList();
    List<Document> documents = missing.stream().map(this::next).toList();
    long begin = Knowledge.now();
    List<WriteResult> results = storage.saveAll(documents);
    long end = Knowledge.now();
    for (int i = 0; i < results.size(); i++) {
      note(missing.get(i), documents.get(i), results.get(i), begin, end);
    }
  }

  void save() {
    Knowledge item = any();
    Document document = next(item);
    long begin = Knowledge.now();
    WriteResult result = storage.save(document);
    note(item, document, result, begin, Knowledge.now());
  }

  private void note(Knowledge item, Document document, WriteResult result, long begin, long end) {
    assertThat(result.status()).as("%s", item).isIn(Status.STORED, Status.ALREADY_EXPIRED);
    if (result.isStored()) {
      item.wasStored(document, begin, end);
      stored++;
    }
  }

  void update() {
    Knowledge item = any();
    Document document = next(item);
    List<Document> seen = new ArrayList<>();
    long begin = Knowledge.now();
    WriteResult result =
        storage.update(
            item.id(),
            current -> {
              seen.add(current);
              return document;
            });
    long end = Knowledge.now();
    seen.forEach(current -> item.wasSeen(current, begin));
    if (result.status() == Status.ABSENT) {
      assertThat(item.isThereUntil(end)).as("update missed %s", item).isFalse();
    } else {
      assertThat(seen).as("seen by an update of %s", item).isNotEmpty();
      if (result.isStored()) {
        item.wasUpdated(document, begin, end);
        stored++;
      } else {
        note(item, document, result, begin, end);
      }
    }
  }

  void delete() {
    Knowledge item = any();
    long begin = Knowledge.now();
    boolean isDeleted = storage.delete(item.id());
    long end = Knowledge.now();
    if (isDeleted) {
      assertThat(item.mayBeThereSince(begin)).as("expired but deleted: %s", item).isTrue();
    } else {
      assertThat(item.isThereUntil(end)).as("delete missed %s", item).isFalse();
    }
    item.wasRemoved();
  }

  void load() {
    Knowledge item = any();
    long begin = Knowledge.now();
    Document found = storage.load(item.id()).orElse(null);
    item.wasRead(found, begin, Knowledge.now());
  }

  void exists() {
    Knowledge item = any();
    long begin = Knowledge.now();
    boolean exists = storage.exists(item.id());
    long end = Knowledge.now();
    assertThat(exists ? item.mayBeThereSince(begin) : !item.isThereUntil(end))
        .as("exists is %s: %s", exists, item)
        .isTrue();
  }

  void loadAll() {
    long begin = Knowledge.now();
    Map<String, Document> found = storage.loadAll(items.keySet());
    long end = Knowledge.now();
    items.forEach((id, item) -> item.wasRead(found.get(id), begin, end));
  }

  void list() {
    long begin = Knowledge.now();
    List<Document> found = storage.list(query());
    long end = Knowledge.now();
    Map<String, Document> byId = byId(found);
    assertThat(items.keySet()).containsAll(byId.keySet());
    items.forEach((id, item) -> item.wasRead(byId.get(id), begin, end));
  }

  /** Two indexed conditions. */
  void listKind() {
    String kind = any().kind();
    long begin = Knowledge.now();
    List<Document> found = storage.list(query().and("kind").is(kind));
    long end = Knowledge.now();
    Map<String, Document> byId = byId(found);
    assertThat(items.keySet()).containsAll(byId.keySet());
    items.forEach(
        (id, item) -> {
          if (item.kind().equals(kind)) {
            item.wasRead(byId.get(id), begin, end);
          } else {
            assertThat(byId).doesNotContainKey(id);
          }
        });
  }

  private static Map<String, Document> byId(List<Document> found) {
    Map<String, Document> byId = new HashMap<>();
    for (Document document : found) {
      Document other = byId.put(document.id().orElseThrow(), document);
      assertThat(other).as("%s was listed twice", document).isNull();
    }
    return byId;
  }

  void count() {
    long begin = Knowledge.now();
    long count = storage.count(query());
    long end = Knowledge.now();
    assertThat(count)
        .as("count of %s", name)
        .isBetween(
            items.values().stream().filter(item -> item.isThereUntil(end)).count(),
            items.values().stream().filter(item -> item.mayBeThereSince(begin)).count());
  }

  /** How many writes stored an item. */
  long stored() {
    return stored;
  }

  /** When none of its items can be there any more. */
  long latest() {
    return items.values().stream().mapToLong(Knowledge::latest).max().orElseThrow();
  }
}
