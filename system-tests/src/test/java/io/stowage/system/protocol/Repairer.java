package io.stowage.system.protocol;

import io.stowage.spi.IndexEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Meets one entry, asks the engine's read repair whether it is dead, and removes it if so. */
final class Repairer implements Actor {

  private final World world;
  private @Nullable IndexEntry seen;
  private @Nullable List<IndexEntry> dead;
  private boolean isDone;

  Repairer(World world) {
    this.world = world;
  }

  @Override
  public List<Step> steps() {
    if (isDone) {
      return List.of();
    }
    IndexEntry entry = seen;
    if (entry == null) {
      List<Step> looks = new ArrayList<>();
      for (IndexEntry present : world.entries()) {
        looks.add(new Step("repair sees " + present, () -> seen = present));
      }
      return looks;
    }
    List<IndexEntry> found = dead;
    if (found == null) {
      return List.of(new Step("repair reads the record", () -> judge(entry)));
    }
    return List.of(new Step("repair removes " + found, () -> remove(found)));
  }

  private void judge(IndexEntry entry) {
    dead = world.repair.dead(List.of(entry));
    isDone = dead.isEmpty();
  }

  private void remove(List<IndexEntry> found) {
    world.ports.indexes().remove(found);
    isDone = true;
  }
}
