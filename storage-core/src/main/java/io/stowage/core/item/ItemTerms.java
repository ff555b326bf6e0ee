package io.stowage.core.item;

import io.stowage.api.Version;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an item is in the indexes, whatever its version.
 *
 * @param exact its terms in exact indexes
 * @param ranges its places in range indexes
 * @param order its score by the order field, or null if the time of the save is its score
 */
public record ItemTerms(List<IndexTerm> exact, List<RangePlace> ranges, @Nullable Double order) {

  /** A place in a range index. */
  public record RangePlace(IndexTerm term, double score) {}

  /** The index entries of the item in one version. */
  public List<IndexEntry> entries(String id, Version version) {
    List<IndexEntry> entries = new ArrayList<>(exact.size() + ranges.size());
    if (!exact.isEmpty()) {
      EntryRef ref = new EntryRef(id, version, score(version));
      for (IndexTerm term : exact) {
        entries.add(new IndexEntry(term, ref));
      }
    }
    for (RangePlace place : ranges) {
      entries.add(new IndexEntry(place.term(), new EntryRef(id, version, place.score())));
    }
    return entries;
  }

  /** The item's score in the order of the store. */
  public double score(Version version) {
    return order == null ? version.micros() : order;
  }
}
