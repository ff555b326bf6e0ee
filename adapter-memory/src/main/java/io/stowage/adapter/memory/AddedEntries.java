package io.stowage.adapter.memory;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The index entries that were added in the call that stored a record.
 *
 * @param entries the entries, with their terms as the indexes keep them
 * @param addedApart how often entries had been added apart from records before
 */
record AddedEntries(List<IndexEntry> entries, long addedApart) {

  /** Those of a record that was stored in a call that added none. */
  static final AddedEntries UNKNOWN = new AddedEntries(List.of(), -1);

  private record Item(String id, Version version) {

    static Item of(IndexEntry entry) {
      return new Item(entry.ref().id(), entry.ref().version());
    }
  }

  /** Sorts the entries of one call by its commits. */
  static Function<Commit, AddedEntries> byCommit(List<IndexEntry> entries, long addedApart) {
    Map<Item, List<IndexEntry>> sorted =
        isOfOne(entries) ? Map.of(Item.of(entries.get(0)), entries) : sorted(entries);
    return commit -> {
      Item item = new Item(commit.id(), commit.version());
      return new AddedEntries(sorted.getOrDefault(item, List.of()), addedApart);
    };
  }

  /** Whether all entries are of one item, as those of a single save are. */
  private static boolean isOfOne(List<IndexEntry> entries) {
    for (IndexEntry entry : entries) {
      EntryRef first = entries.get(0).ref();
      EntryRef ref = entry.ref();
      if (!ref.version().equals(first.version()) || !ref.id().equals(first.id())) {
        return false;
      }
    }
    return !entries.isEmpty();
  }

  private static Map<Item, List<IndexEntry>> sorted(List<IndexEntry> entries) {
    Map<Item, List<IndexEntry>> sorted = new HashMap<>();
    for (IndexEntry entry : entries) {
      sorted.computeIfAbsent(Item.of(entry), item -> new ArrayList<>(4)).add(entry);
    }
    return sorted;
  }
}
