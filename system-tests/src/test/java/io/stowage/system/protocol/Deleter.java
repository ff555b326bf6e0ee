package io.stowage.system.protocol;

import io.stowage.api.Version;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes the item, and retires its entries afterwards. */
final class Deleter implements Actor {

  private final World world;
  private @Nullable List<IndexEntry> toRetire;
  private boolean isDone;

  Deleter(World world) {
    this.world = world;
  }

  @Override
  public List<Step> steps() {
    if (isDone) {
      return List.of();
    }
    return List.of(
        toRetire == null
            ? new Step("deleter removes the record", this::remove)
            : new Step("deleter retires its entries", this::retire));
  }

  private void remove() {
    RemovalResult result =
        world.ports.records().remove(List.of(new Removal(World.ID, null))).get(0);
    Version removed = result.removed();
    byte[] payload = result.payload();
    if (removed == null || payload == null) {
      isDone = true;
    } else {
      toRetire = world.retirement.entriesOf(World.ID, new StoredRecord(removed, payload));
    }
  }

  private void retire() {
    if (toRetire != null) {
      world.ports.indexes().remove(toRetire);
    }
    isDone = true;
  }
}
