package io.stowage.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How a store is used by this process: nothing here changes what is stored already. Immutable;
 * build one with {@link #builder()}.
 *
 * @param ttl how long an item lives that brings no {@code expires_at}; none by default
 * @param scanPolicy what becomes of a query that no index serves; {@link ScanPolicy#ALLOW} by
 *     default
 * @param batchSize how many items go into one round trip; 500 by default
 * @param gracePeriod how old an index entry must be before it may be cleaned up, and a delayed
 *     commit before it is refused; 60 s by default. Every process that uses a store must use the
 *     same one
 * @param updateAttempts how often {@link Storage#update} tries before it gives up; 100 by default
 * @param durability how many replicas must have a write before it counts as done; none by default
 * @param readFrom which servers answer reads; the masters by default
 * @param sweepEvery how often this process sweeps dead index entries in the background; 5 minutes
 *     by default, zero for never
 * @param sweep how much one such run does
 * @param compression how items are compressed; not at all by default
 * @param encryption the keys under which items are encrypted; none by default
 * @param maxItemSize how many bytes an encoded item may have before it is compressed; 16 MiB by
 *     default
 */
public record StoreOptions(
    Ttl ttl,
    ScanPolicy scanPolicy,
    int batchSize,
    Duration gracePeriod,
    int updateAttempts,
    Durability durability,
    ReadFrom readFrom,
    Duration sweepEvery,
    SweepOptions sweep,
    Compression compression,
    Optional<KeyProvider> encryption,
    int maxItemSize) {

  /** As much as Redis stores in one value, in bytes. */
  private static final int LARGEST_ITEM = 512 << 20;

  private static final StoreOptions DEFAULTS = builder().build();

  public StoreOptions {
    Limits.check("batchSize", batchSize, 1, 10_000);
    Limits.check("updateAttempts", updateAttempts, 1, 10_000);
    Limits.check("gracePeriod", gracePeriod, Duration.ofMillis(10), Duration.ofDays(1));
    Limits.check("sweepEvery", sweepEvery, Duration.ZERO, Duration.ofDays(7));
    Limits.check("maxItemSize", maxItemSize, 256, LARGEST_ITEM);
  }

  /** No TTL, scans allowed, 500 items a round trip, 60 s of grace, 100 attempts at an update. */
  public static StoreOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.ttl = ttl;
    builder.scanPolicy = scanPolicy;
    builder.batchSize = batchSize;
    builder.gracePeriod = gracePeriod;
    builder.updateAttempts = updateAttempts;
    builder.durability = durability;
    builder.readFrom = readFrom;
    builder.sweepEvery = sweepEvery;
    builder.sweep = sweep;
    builder.compression = compression;
    builder.encryption = encryption;
    builder.maxItemSize = maxItemSize;
    return builder;
  }

  /** Builds {@link StoreOptions}; each setter refuses a value that is out of bounds. */
  public static final class Builder {
    private Ttl ttl = Ttl.none();
    private ScanPolicy scanPolicy = ScanPolicy.ALLOW;
    private int batchSize = 500;
    private Duration gracePeriod = Duration.ofSeconds(60);
    private int updateAttempts = 100;
    private Durability durability = Durability.master();
    private ReadFrom readFrom = ReadFrom.MASTER;
    private Duration sweepEvery = Duration.ofMinutes(5);
    private SweepOptions sweep = SweepOptions.defaults();
    private Compression compression = Compression.none();
    private Optional<KeyProvider> encryption = Optional.empty();
    private int maxItemSize = 16 << 20;

    private Builder() {}

    /** How long an item lives that brings no {@code expires_at}. */
    public Builder ttl(Ttl ttl) {
      this.ttl = ttl;
      return this;
    }

    /** What becomes of a query that no index serves. */
    public Builder scanPolicy(ScanPolicy scanPolicy) {
      this.scanPolicy = scanPolicy;
      return this;
    }

    /** How many items go into one round trip: 1 to 10,000. */
    public Builder batchSize(int items) {
      this.batchSize = Limits.check("batchSize", items, 1, 10_000);
      return this;
    }

    /** How old an index entry must be before it may be cleaned up: 10 ms to one day. */
    public Builder gracePeriod(Duration gracePeriod) {
      this.gracePeriod =
          Limits.check("gracePeriod", gracePeriod, Duration.ofMillis(10), Duration.ofDays(1));
      return this;
    }

    /** How often an update tries before it gives up: 1 to 10,000. */
    public Builder updateAttempts(int attempts) {
      this.updateAttempts = Limits.check("updateAttempts", attempts, 1, 10_000);
      return this;
    }

    /** How many replicas must have a write before it counts as done. */
    public Builder durability(Durability durability) {
      this.durability = durability;
      return this;
    }

    /** Which servers answer reads. */
    public Builder readFrom(ReadFrom readFrom) {
      this.readFrom = readFrom;
      return this;
    }

    /** How often this process sweeps dead index entries: zero for never, up to 7 days. */
    public Builder sweepEvery(Duration period) {
      this.sweepEvery = Limits.check("sweepEvery", period, Duration.ZERO, Duration.ofDays(7));
      return this;
    }

    /** How much one run of the background sweeper does. */
    public Builder sweep(SweepOptions options) {
      this.sweep = options;
      return this;
    }

    /** How items are compressed from now on. */
    public Builder compression(Compression compression) {
      this.compression = compression;
      return this;
    }

    /** Encrypts items from now on, with AES-256-GCM under the primary key of a key set. */
    public Builder encryption(KeyProvider keys) {
      this.encryption = Optional.of(keys);
      return this;
    }

    /**
     * How many bytes an encoded item may have before it is compressed: 256 bytes to 512 MiB. A
     * larger one is refused when it is saved, and not decompressed when it is read.
     */
    public Builder maxItemSize(int bytes) {
      this.maxItemSize = Limits.check("maxItemSize", bytes, 256, LARGEST_ITEM);
      return this;
    }

    public StoreOptions build() {
      return new StoreOptions(
          ttl,
          scanPolicy,
          batchSize,
          gracePeriod,
          updateAttempts,
          durability,
          readFrom,
          sweepEvery,
          sweep,
          compression,
          encryption,
          maxItemSize);
    }
  }
}
