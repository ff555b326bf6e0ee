package io.stowage.system.oracle;

import io.stowage.api.Cursor;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One query of one kind, its answer, and what is wrong with it. */
final class Question {

  /** The ways to ask. */
  enum Kind {
    LIST,
    COUNT,
    PAGES,
    STREAM
  }

  private final Kind kind;
  private final Condition condition;
  private final Query query;
  private final List<String> faults = new ArrayList<>();

  private Question(Kind kind, Condition condition, Query query) {
    this.kind = kind;
    this.condition = condition;
    this.query = query;
  }

  /** A question by chance. */
  static Question next(Random random, RandomConditions conditions) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    Condition condition = conditions.next(3);
    Query query = Query.matching(condition.filter());
    query =
        switch (random.nextInt(3)) {
          case 0 -> query.newestFirst();
          case 1 -> query.oldestFirst();
          default -> query;
        };
    return new Question(
        kind, condition, kind == Kind.PAGES ? query.limit(5 + random.nextInt(60)) : query);
  }

  /** Asks, and answers what is wrong. */
  <T> List<String> ask(Subject<T> subject) {
    Storage<T> storage = subject.storage();
    long from = Timeline.now();
    if (kind == Kind.COUNT) {
      long count = storage.count(query);
      judge(Held.all(subject, from, Timeline.now()), count);
    } else {
      List<Subject.Found> found =
          switch (kind) {
            case LIST -> storage.list(query).stream().map(subject::found).toList();
            case PAGES -> pages(subject);
            case STREAM -> streamed(subject);
            case COUNT -> throw new IllegalStateException("a count has no items");
          };
      judge(Held.all(subject, from, Timeline.now()), found);
    }
    return faults;
  }

  private <T> List<Subject.Found> pages(Subject<T> subject) {
    List<Subject.Found> found = new ArrayList<>();
    Cursor after = null;
    do {
      Page<T> page =
          after == null ? subject.storage().page(query) : subject.storage().page(query, after);
      page.items().forEach(item -> found.add(subject.found(item)));
      after = page.following();
    } while (after != null);
    return found;
  }

  private <T> List<Subject.Found> streamed(Subject<T> subject) {
    try (Stream<T> stream = subject.storage().stream(query)) {
      return stream.map(subject::found).toList();
    }
  }

  private void judge(List<Held> all, long count) {
    long always = all.stream().filter(this::matchesAlways).count();
    long sometimes =
        all.stream()
            .filter(item -> item.possible().stream().anyMatch(it -> matches(item.id(), it)))
            .count();
    if (count < always || count > sometimes) {
      fault("counted %d; between %d and %d match".formatted(count, always, sometimes));
    }
  }

  private void judge(List<Held> all, List<Subject.Found> found) {
    Map<String, List<Content>> answers =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    Subject.Found::id,
                    Collectors.mapping(Subject.Found::content, Collectors.toList())));
    for (Held item : all) {
      judge(item, answers.getOrDefault(item.id(), List.of()));
    }
    if (query.order() != Query.Order.UNORDERED) {
      judgeOrder(all, found);
    }
  }

  /**
   * A list misses no item that matched all the time, and answers none twice. Pages and streams
   * promise that for items whose place in the order stood still; a stream may have an item that
   * changes in two states.
   */
  private void judge(Held item, List<Content> answers) {
    boolean isSettled = kind == Kind.LIST || item.isStill();
    if (answers.isEmpty() && isSettled && matchesAlways(item)) {
      fault("'%s' is missing, which held %s".formatted(item.id(), item.possible()));
    }
    if (answers.size() > 1 && kind != Kind.STREAM && isSettled) {
      fault("'%s' is there %d times".formatted(item.id(), answers.size()));
    }
    for (Content answer : answers) {
      if (!item.possible().contains(answer)) {
        fault("'%s' has %s, but held %s".formatted(item.id(), answer, item.possible()));
      } else if (!matches(item.id(), answer)) {
        fault("'%s' has %s, which does not match".formatted(item.id(), answer));
      }
    }
  }

  /**
   * Items whose place in the order stood still are in order; in a stream those that did not change
   * at all, since it answers at its end what changed while it was read.
   */
  private void judgeOrder(List<Held> all, List<Subject.Found> found) {
    Set<String> still =
        all.stream()
            .filter(item -> item.isStill() && (kind != Kind.STREAM || item.possible().size() == 1))
            .map(Held::id)
            .collect(Collectors.toSet());
    List<Long> ranks =
        found.stream()
            .filter(it -> still.contains(it.id()))
            .map(it -> it.content().rank())
            .distinct()
            .toList();
    Comparator<Long> order =
        query.order() == Query.Order.OLDEST_FIRST
            ? Comparator.naturalOrder()
            : Comparator.reverseOrder();
    if (!ranks.stream().sorted(order).toList().equals(ranks)) {
      fault("the order is " + ranks);
    }
  }

  private boolean matchesAlways(Held item) {
    return item.possible().stream().allMatch(content -> matches(item.id(), content));
  }

  private boolean matches(String id, @Nullable Content content) {
    return content != null && condition.holds(id, content);
  }

  private void fault(String what) {
    faults.add(kind + " of " + query + ": " + what);
  }

  /** An item, and what it may have held while the question was answered. */
  private record Held(String id, List<@Nullable Content> possible) {

    static List<Held> all(Subject<?> subject, long from, long to) {
      return IntStream.range(0, subject.ids().size())
          .mapToObj(i -> new Held(subject.ids().get(i), subject.timeline(i).possible(from, to)))
          .toList();
    }

    /** Whether its place in the order stood still. */
    boolean isStill() {
      return possible.stream()
              .map(content -> content == null ? null : content.rank())
              .distinct()
              .count()
          == 1;
    }
  }
}
