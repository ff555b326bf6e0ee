package io.stowage.core.protocol;

import io.stowage.api.Version;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the entries removed that a write or a removal has made useless: in the background, or by the
 * writer itself if too much waits there. Safe for use by many threads.
 *
 * @param <T> the type of the items
 */
public final class Retirement<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

  private final IndexPort indexes;
  private final CleanUp cleanUp;
  private final ItemMapper<T> mapper;

  public Retirement(IndexPort indexes, CleanUp cleanUp, ItemMapper<T> mapper) {
    this.indexes = indexes;
    this.cleanUp = cleanUp;
    this.mapper = mapper;
  }

  /** A record that is gone; null if its payload was too long to be answered. */
  static @Nullable StoredRecord dead(@Nullable Version version, byte @Nullable [] payload) {
    return version == null || payload == null ? null : new StoredRecord(version, payload);
  }

  /** Removes the entries of a record that was replaced or removed; null if it is not known. */
  void retire(String id, @Nullable StoredRecord dead) {
    if (dead != null && !mapper.live().latest().written().isEmpty()) {
      long bytes = dead.payload().length + CleanUpJob.bytesOf(id);
      cleanUp.submit(CleanUpJob.of(indexes, bytes, () -> entriesOf(id, dead)));
    }
  }

  /** Removes entries whose commit was refused for certain. */
  void discard(List<IndexEntry> refused) {
    if (!refused.isEmpty()) {
      cleanUp.submit(CleanUpJob.of(indexes, CleanUpJob.bytesOf(refused), () -> refused));
    }
  }

  /** The entries of a record that is no longer stored. */
  public List<IndexEntry> entriesOf(String id, StoredRecord dead) {
    try {
      return mapper
          .termsOfStored(mapper.decode(id, dead), mapper.live().latest().written())
          .entries(id, dead.version());
    } catch (SerializationException | IllegalArgumentException e) {
      LOG.warn(
          "entries of the replaced version {} of item '{}' in store '{}' stay until they are"
              + " repaired, since it cannot be decoded: {}",
          dead.version(),
          id,
          mapper.type().store(),
          e.getMessage());
      return List.of();
    }
  }
}
