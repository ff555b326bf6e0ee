package io.stowage.adapter.memory;

import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records by id, with two orders kept beside them: the ids, for scans, and the moments of expiry,
 * so that expired records are found without a scan. All three change in one atomic step per id.
 * Safe for use by many threads; a read takes no lock.
 */
final class RecordMap {

  private record Due(long millis, String id) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byMoment = Long.compare(millis, other.millis);
      return byMoment != 0 ? byMoment : id.compareTo(other.id);
    }
  }

  private final ConcurrentHashMap<String, HeapRecord> records = new ConcurrentHashMap<>();
  private final ConcurrentSkipListSet<String> ids = new ConcurrentSkipListSet<>();
  private final ConcurrentSkipListSet<Due> dues = new ConcurrentSkipListSet<>();

  /** The record, expired or not; null if there is none. */
  @Nullable HeapRecord get(String id) {
    return records.get(id);
  }

  /**
   * Puts what the function makes of the present record in its place, in one atomic step; null means
   * none. The function is called once and must not use this map.
   */
  void change(String id, UnaryOperator<@Nullable HeapRecord> change) {
    records.compute(
        id,
        (key, before) -> {
          HeapRecord after = change.apply(before);
          follow(key, before, after);
          return after;
        });
  }

  private void follow(String id, @Nullable HeapRecord before, @Nullable HeapRecord after) {
    if (before == null && after != null) {
      ids.add(id);
    }
    if (before != null && after == null) {
      ids.remove(id);
    }
    boolean sameExpiry = before != null && after != null && before.expiresAt() == after.expiresAt();
    if (sameExpiry) {
      return;
    }
    if (after != null && after.expires()) {
      dues.add(new Due(after.expiresAt(), id));
    }
    if (before != null && before.expires()) {
      dues.remove(new Due(before.expiresAt(), id));
    }
  }

  /**
   * Frees the record if it is expired.
   *
   * @return the record that is there then, which somebody else may have put in the place of the
   *     expired one; null if there is none
   */
  @Nullable HeapRecord freeIfExpired(String id, long nowMillis) {
    return records.computeIfPresent(
        id,
        (key, before) -> {
          HeapRecord after = before.isExpired(nowMillis) ? null : before;
          follow(key, before, after);
          return after;
        });
  }

  /** Frees expired records, the longest expired first. */
  void freeExpired(long nowMillis, int atMost) {
    int left = atMost;
    for (Due due : dues) {
      if (due.millis() > nowMillis || left == 0) {
        return;
      }
      HeapRecord unused = freeIfExpired(due.id(), nowMillis);
      left--;
    }
  }

  /** Whether a record is held that expires or is expired. */
  boolean anyExpires() {
    return !dues.isEmpty();
  }

  /** The ids after one, in order; from the first if it is null. The view follows later changes. */
  NavigableSet<String> idsAfter(@Nullable String id) {
    return id == null ? ids : ids.tailSet(id, false);
  }

  /** How many records are held, expired ones included. */
  int held() {
    return records.size();
  }

  /** How many moments of expiry are held: one a record that expires. */
  int heldDues() {
    return dues.size();
  }
}
