package io.stowage.core.store;

import io.stowage.api.AtomicBatch;
import io.stowage.api.FieldValue;
import io.stowage.api.ItemType;
import io.stowage.core.item.ItemIds;
import io.stowage.core.item.ItemImage;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.BatchPart;
import io.stowage.core.protocol.StagedWrite;
import io.stowage.core.protocol.VersionClock;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.TtlPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns items into writes that can be sent: gives them ids, bytes, index terms and an expiry. */
final class ItemStager<T> {

  private final ItemMapper<T> mapper;
  private final VersionClock clock;
  private final TtlPolicy ttl;
  private final Duration grace;

  ItemStager(ItemMapper<T> mapper, VersionClock clock, TtlPolicy ttl, Duration grace) {
    this.mapper = mapper;
    this.clock = clock;
    this.ttl = ttl;
    this.grace = grace;
  }

  ItemType<T> type() {
    return mapper.type();
  }

  StagedWrite staged(T item, Precondition precondition) {
    String given = type().idOf(item);
    if (given != null) {
      return staged(ItemIds.check(given), item, precondition);
    }
    String generated = ItemIds.generate(clock.micros() / 1_000);
    return staged(generated, type().withId(item, generated), precondition);
  }

  StagedWrite staged(String id, T item, Precondition precondition) {
    return staged(id, item, onSave(mapper.expiresAt(id, item)), precondition);
  }

  private StagedWrite staged(String id, T item, Expiry expiry, Precondition precondition) {
    ItemImage<T> image = mapper.encode(id, item);
    return new StagedWrite(
        id, mapper.payloads(image), mapper.liveTerms(image), expiry, precondition, grace);
  }

  private Expiry onSave(@Nullable Instant own) {
    return own == null ? ttl.onSave() : Expiry.at(own);
  }

  /** What an item says of its expiry now, be it a moment or not. */
  Optional<FieldValue> expiresAt(T item) {
    return FieldValue.of(type().expiresAt(item));
  }

  /**
   * A write that leaves the TTL of the stored item as it is, unless the item says something else of
   * its expiry than before.
   */
  StagedWrite keepingTtl(
      String id, Optional<FieldValue> before, T changed, Precondition precondition) {
    Instant own = mapper.expiresAt(id, changed);
    boolean isSame = expiresAt(changed).equals(before);
    return staged(id, changed, isSame ? onUpdate(own) : onSave(own), precondition);
  }

  /** An update reads the item, so it prolongs what a read prolongs. */
  private Expiry onUpdate(@Nullable Instant own) {
    return own == null ? ttl.onRead().map(Expiry::extend).orElse(Expiry.keep()) : Expiry.keep();
  }

  List<BatchPart> parts(AtomicBatch<T> batch) {
    return batch.changes().stream().map(this::part).toList();
  }

  private BatchPart part(AtomicBatch.Change<T> change) {
    if (change instanceof AtomicBatch.Save<T> save) {
      return BatchPart.of(staged(save.item(), Precondition.none()));
    }
    if (change instanceof AtomicBatch.Insert<T> insert) {
      return BatchPart.of(staged(insert.item(), Precondition.absent()));
    }
    if (change instanceof AtomicBatch.Replace<T> replace) {
      return BatchPart.of(staged(replace.item(), Precondition.version(replace.expected())));
    }
    if (change instanceof AtomicBatch.Delete<T> delete) {
      return BatchPart.of(new Removal(ItemIds.check(delete.id()), delete.expected()));
    }
    throw new IllegalStateException("unknown change " + change);
  }
}
