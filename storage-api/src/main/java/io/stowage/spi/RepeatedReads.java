package io.stowage.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads several ranges of which each has a moment of its own: it looks at all of them again until a
 * look finds no other item. An item that moves from one range to another during a look, behind the
 * back of both reads, is found by the next.
 */
public final class RepeatedReads {

  /** Enough even where items come all the time. */
  private static final int MAX_LOOKS = 8;

  private RepeatedReads() {}

  /**
   * What several looks find together, each range in order and within its limit.
   *
   * @param reads what is read
   * @param look reads it once
   */
  public static List<List<EntryRef>> untilNothingNew(
      List<IndexRead> reads, Supplier<List<List<EntryRef>>> look) {
    List<List<EntryRef>> joined = look.get();
    if (reads.size() < 2) {
      return joined;
    }
    Set<String> ids = new HashSet<>();
    int known;
    int looks = 1;
    do {
      addIds(joined, ids);
      known = ids.size();
      List<List<EntryRef>> again = look.get();
      addIds(again, ids);
      joined = joined(reads, joined, again);
      looks++;
    } while (ids.size() > known && looks < MAX_LOOKS);
    return joined;
  }

  private static void addIds(List<List<EntryRef>> found, Set<String> ids) {
    found.forEach(entries -> entries.forEach(entry -> ids.add(entry.id())));
  }

  private static List<List<EntryRef>> joined(
      List<IndexRead> reads, List<List<EntryRef>> left, List<List<EntryRef>> right) {
    List<List<EntryRef>> joined = new ArrayList<>(reads.size());
    for (int i = 0; i < reads.size(); i++) {
      joined.add(joined(reads.get(i), left.get(i), right.get(i)));
    }
    return joined;
  }

  private static List<EntryRef> joined(IndexRead read, List<EntryRef> left, List<EntryRef> right) {
    if (left.equals(right)) {
      return left;
    }
    Comparator<EntryRef> order =
        read.direction() == Direction.ASCENDING
            ? Comparator.naturalOrder()
            : Comparator.reverseOrder();
    TreeSet<EntryRef> all = new TreeSet<>(order);
    all.addAll(left);
    all.addAll(right);
    return all.stream().limit(read.limit()).toList();
  }
}
