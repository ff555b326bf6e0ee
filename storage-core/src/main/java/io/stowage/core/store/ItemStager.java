package io.stowage.core.store;

import io.stowage.api.AtomicBatch;
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
    ItemImage<T> image = mapper.encode(id, item);
    return new StagedWrite(
        id, mapper.payloads(image), mapper.liveTerms(image), expiry(id, item), precondition, grace);
  }

  private Expiry expiry(String id, T item) {
    Instant own = mapper.expiresAt(id, item);
    return own == null ? ttl.onSave() : Expiry.at(own);
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
