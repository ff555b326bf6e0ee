package io.stowage.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a check of a store found.
 *
 * @param records how many records it looked at
 * @param entries how many index entries it looked at
 * @param counts how many findings of each kind there are; a kind without findings is absent
 * @param examples the first findings of each kind, at most {@link #EXAMPLES} each
 * @param repaired how many findings were mended; 0 for a check
 * @param droppedCleanUps how many removals of dead entries the platform has given up since it was
 *     opened, of all its stores: what they left is removed by the sweeper
 * @param elapsed how long it took
 */
public record DoctorReport(
    long records,
    long entries,
    Map<Kind, Long> counts,
    List<Finding> examples,
    long repaired,
    long droppedCleanUps,
    Duration elapsed) {

  /** How many findings of a kind are told one by one. */
  public static final int EXAMPLES = 10;

  public DoctorReport {
    counts = Map.copyOf(counts);
    examples = List.copyOf(examples);
  }

  /** What may be wrong in a store. */
  public enum Kind {
    /**
     * An index entry that matches no record and is older than the grace period. The protocol allows
     * it, queries pass over it, and the sweeper removes it; it only takes memory.
     */
    DEAD_ENTRY(true),
    /**
     * A record that lacks an index entry: queries by that index miss the item. The protocol never
     * leaves this behind; a failover that lost writes may.
     */
    MISSING_ENTRY(false),
    /** An entry that has another score than its record asks for: queries misplace the item. */
    WRONG_SCORE(false),
    /**
     * An entry that has its record's version and says of the item what is not so: queries may find
     * or count an item that does not match. A function of the item's type that has changed leaves
     * it behind, together with a missing entry.
     */
    FALSE_ENTRY(false),
    /**
     * The entries of the whole store are of another schema version than the items of the program.
     * Its queries read every item instead; {@link Maintenance#reindex} brings the entries up to
     * date. The finding has no id.
     */
    OLD_ENTRIES(true),
    /** An entry of an index that the store does not have (any more). */
    UNKNOWN_INDEX(true),
    /** A record without expiry although the store's TTL policy gives one. */
    NO_TTL(false),
    /** A record that cannot be decoded. It is never changed by a repair. */
    UNDECODABLE(false);

    private final boolean isHarmless;

    Kind(boolean isHarmless) {
      this.isHarmless = isHarmless;
    }

    /** Whether no answer of the store is wrong because of it. */
    public boolean isHarmless() {
      return isHarmless;
    }
  }

  /**
   * One finding.
   *
   * @param kind what is wrong
   * @param id the item's id; empty for a finding about the store
   * @param detail where and why, in words
   */
  public record Finding(Kind kind, String id, String detail) {}

  /** How many findings of a kind there are. */
  public long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Whether nothing was found by which an answer of the store could be wrong. */
  public boolean isHealthy() {
    return counts.keySet().stream().allMatch(Kind::isHarmless);
  }

  /** Whether nothing at all was found. */
  public boolean isClean() {
    return counts.isEmpty();
  }
}
