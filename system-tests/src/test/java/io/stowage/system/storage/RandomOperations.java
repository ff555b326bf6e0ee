package io.stowage.system.storage;

import static io.stowage.testkit.storage.Docs.ids;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.storage.Docs;
import io.stowage.testkit.storage.RandomDocuments;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random operations on a store, among about 50 ids and few values. */
final class RandomOperations {

  private static final List<String> EXPIRIES =
      List.of("2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z");

  private final Random random;
  private final RandomDocuments documents;
  private Query paged = Query.all();

  RandomOperations(Random random) {
    this.random = random;
    this.documents = new RandomDocuments(random);
  }

  /**
   * An operation.
   *
   * @param description what it does, for the report of a difference
   * @param run what a store answers to it, in comparable form
   */
  record Operation(String description, Function<Subject, Object> run) {}

  /** The next operation, after so many versions were given. */
  Operation next(int versions) {
    int kind = random.nextInt(100);
    if (kind < 45) {
      return write(kind, versions);
    }
    return kind < 60 ? readById(kind) : query(kind);
  }

  private Operation write(int kind, int versions) {
    if (kind < 16) {
      Document item = document();
      return new Operation("save " + item, it -> it.write(it.storage().save(item)));
    }
    if (kind < 19) {
      List<Document> items = Stream.generate(this::document).limit(random.nextInt(6)).toList();
      return new Operation(
          "saveAll " + items, it -> it.storage().saveAll(items).stream().map(it::write).toList());
    }
    if (kind < 24) {
      Document item = document();
      return new Operation("insert " + item, it -> it.write(it.storage().insert(item)));
    }
    if (kind < 30 && versions > 0) {
      return replace(versions);
    }
    return kind < 36 ? update() : removal(kind);
  }

  private Operation replace(int versions) {
    Document item = document();
    int number = Math.max(0, versions - 1 - random.nextInt(60));
    return new Operation(
        "replace " + item + " at write " + number,
        it -> it.write(it.storage().replace(item, it.version(number))));
  }

  private Operation update() {
    String id = id();
    Document other = documents.document(id);
    return switch (random.nextInt(8)) {
      case 0 -> update(id, "change of the id", item -> item.with("id", item.get("id") + "x"));
      case 1 ->
          update(
              id,
              "a failing function",
              item -> {
                throw new IllegalMonitorStateException("by the function");
              });
      case 2 -> update(id, "nothing", item -> item);
      case 3 -> update(id, "without tags", item -> item.without("tags"));
      default -> update(id, "to " + other, item -> other);
    };
  }

  private static Operation update(String id, String description, UnaryOperator<Document> change) {
    return new Operation(
        "update " + id + ": " + description, it -> it.write(it.storage().update(id, change)));
  }

  private Operation removal(int kind) {
    if (kind < 40) {
      String id = id();
      return new Operation("delete " + id, it -> it.storage().delete(id));
    }
    if (kind < 41) {
      List<String> ids = someIds();
      return new Operation("deleteAll " + ids, it -> it.storage().deleteAll(ids));
    }
    if (kind < 42) {
      Query query = ordered(documents.filter(2)).limit(1 + random.nextInt(4));
      return new Operation("deleteWhere " + query, it -> it.storage().deleteWhere(query));
    }
    if (kind < 44) {
      String id = id();
      Duration ttl = Duration.ofDays(2 + random.nextInt(9));
      return new Operation("touch " + id + " " + ttl, it -> it.storage().touch(id, ttl));
    }
    Duration age = Duration.ofHours(5);
    return new Operation("deleteOlderThan " + age, it -> it.storage().deleteOlderThan(age));
  }

  private Operation readById(int kind) {
    String id = id();
    if (kind < 50) {
      return new Operation("load " + id, it -> it.storage().load(id));
    }
    if (kind < 54) {
      return new Operation("loadVersioned " + id, it -> it.versioned(id));
    }
    if (kind < 56) {
      List<String> ids = someIds();
      return new Operation(
          "loadAll " + ids, it -> List.copyOf(it.storage().loadAll(ids).entrySet()));
    }
    return kind < 58
        ? new Operation("exists " + id, it -> it.storage().exists(id))
        : new Operation("ttl " + id, it -> it.ttl(id));
  }

  private Operation query(int kind) {
    Filter filter = documents.filter(3);
    Query query = random.nextBoolean() ? Query.matching(filter) : ordered(filter);
    if (kind < 76) {
      return list(random.nextBoolean() ? query : query.limit(1 + random.nextInt(8)));
    }
    if (kind < 84) {
      paged = ordered(random.nextInt(3) == 0 ? Filter.all() : filter).limit(1 + random.nextInt(6));
      Query first = paged;
      return new Operation("first page of " + first, it -> it.page(first, true));
    }
    if (kind < 92) {
      Query next = paged;
      return new Operation("next page of " + next, it -> it.page(next, false));
    }
    if (kind < 98) {
      return new Operation("count " + query, it -> it.storage().count(query));
    }
    return new Operation(
        "estimateCount " + query,
        it -> it.storage().estimateCount(query) >= it.storage().count(query));
  }

  private Operation list(Query query) {
    boolean isStreamed = random.nextInt(4) == 0;
    return new Operation(
        (isStreamed ? "stream " : "list ") + query,
        it ->
            comparable(
                query, isStreamed ? streamed(it.storage(), query) : it.storage().list(query)));
  }

  private static List<Document> streamed(Storage<Document> storage, Query query) {
    try (Stream<Document> stream = storage.stream(query)) {
      return stream.toList();
    }
  }

  /** Without an order the items alone count; with a limit besides, only how many they are. */
  private static Object comparable(Query query, List<Document> items) {
    if (query.order() != Query.Order.UNORDERED) {
      return items;
    }
    if (query.hasLimit()) {
      return items.size() + " different: " + ids(items).stream().distinct().count();
    }
    TreeMap<String, Document> sorted = new TreeMap<>();
    items.forEach(item -> sorted.put(Docs.idOf(item), item));
    return items.size() + " " + sorted;
  }

  private Query ordered(Filter filter) {
    Query query = Query.matching(filter);
    return random.nextBoolean() ? query.newestFirst() : query.oldestFirst();
  }

  private String id() {
    return random.nextInt(150) == 0 ? "" : "i%02d".formatted(random.nextInt(50));
  }

  private List<String> someIds() {
    return IntStream.range(0, random.nextInt(6)).mapToObj(i -> id()).toList();
  }

  private Document document() {
    Document item = documents.document(id());
    return random.nextInt(20) == 0 ? item.with("expires_at", documents.oneOf(EXPIRIES)) : item;
  }
}
