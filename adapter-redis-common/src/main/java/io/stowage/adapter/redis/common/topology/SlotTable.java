package io.stowage.adapter.redis.common.topology;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The shard of each slot. Immutable; one that differs in a slot shares all but a page of it. */
final class SlotTable {

  private static final int PAGE = 128;

  private final @Nullable Shard[][] pages;

  private SlotTable(@Nullable Shard[][] pages) {
    this.pages = pages;
  }

  /**
   * A table.
   *
   * @param bySlot the shard of each slot, or null
   */
  static SlotTable of(@Nullable Shard[] bySlot) {
    @Nullable Shard[][] pages = new Shard[Slots.COUNT / PAGE][];
    for (int page = 0; page < pages.length; page++) {
      pages[page] = Arrays.copyOfRange(bySlot, page * PAGE, (page + 1) * PAGE);
    }
    return new SlotTable(pages);
  }

  /** The shard of a slot; null if none is known. */
  @Nullable Shard get(int slot) {
    return pages[slot / PAGE][slot % PAGE];
  }

  /** A table with another shard for a slot. */
  SlotTable with(int slot, Shard shard) {
    @Nullable Shard[][] changed = pages.clone();
    @Nullable Shard[] page = pages[slot / PAGE].clone();
    page[slot % PAGE] = shard;
    changed[slot / PAGE] = page;
    return new SlotTable(changed);
  }
}
