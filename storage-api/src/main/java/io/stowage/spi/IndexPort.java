package io.stowage.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index entries of one store. An entry is a term, an id and a version; entries that differ in
 * any of these are different entries. The port knows nothing of records: an entry stays until it is
 * removed, whatever becomes of the item.
 */
public interface IndexPort {

  /**
   * Adds entries. One that is there already gets the new score. Entries of one id and version have
   * the same score in all terms of exact indexes.
   */
  void add(List<IndexEntry> entries);

  /** Removes entries, whatever their score. One that is not there is passed over. */
  void remove(List<IndexEntry> entries);

  /**
   * Reads entries of one range in order, all as of one moment of the call, however many: an item
   * that has an entry there all the time is not missed because the entry is replaced by another
   * while the range is read.
   *
   * @param after read only what comes after this place in the given direction (whether or not an
   *     entry is there); null to begin at the first
   * @param limit how many entries at most, 1 or more; fewer are answered only if there are no more
   */
  List<EntryRef> read(IndexRange range, Direction direction, @Nullable EntryRef after, int limit);

  /**
   * Reads entries of several ranges, each as {@link #read} does. An item that has an entry in one
   * of them at every moment of the call is in one answer at least, although it moves from one to
   * another meanwhile: all are read as of one moment, or again until no other item is found. An
   * answer may then have an entry that was removed during the call.
   *
   * <p>An adapter that can send several commands at once overrides this default, which takes a
   * round trip for each, twice at least.
   */
  default List<List<EntryRef>> readAll(List<IndexRead> reads) {
    return RepeatedReads.untilNothingNew(
        reads,
        () ->
            reads.stream()
                .map(read -> read(read.range(), read.direction(), read.after(), read.limit()))
                .toList());
  }

  /** How many entries each range has, each at one moment of the call. */
  List<Long> sizes(List<IndexRange> ranges);

  /**
   * The scores of entries; null for one that is not there. The scores in the entries asked for are
   * ignored.
   */
  List<@Nullable Double> scores(List<IndexEntry> entries);

  /**
   * Answers a part of the terms that have entries. Every term that has entries during the whole
   * scan, from {@link ScanPage#START} to the last part, is in at least one part; it may be in
   * several.
   *
   * @param from {@link ScanPage#START} or the {@code next} of the part before
   * @param hint about how many terms to look at
   */
  TermPage terms(String from, int hint);
}
