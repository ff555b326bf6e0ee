package io.stowage.system.protocol;

import io.stowage.spi.Commit;
import io.stowage.spi.Expiry;
import io.stowage.spi.Touch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happens by itself: the record expires, versions grow old, delayed commits arrive. */
final class Environment implements Actor {

  private final World world;

  Environment(World world) {
    this.world = world;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (world.expiriesLeft > 0 && world.storedVersion() != null) {
      steps.add(new Step("record expires", this::expire));
    }
    if (!world.young.isEmpty()) {
      steps.add(new Step("version " + world.young.get(0) + " grows old", world::age));
    }
    for (Commit commit : world.wire) {
      steps.add(new Step("delayed commit " + commit.version() + " arrives", () -> arrive(commit)));
    }
    return steps;
  }

  private void expire() {
    world.expiriesLeft--;
    world.ports.records().touch(List.of(new Touch(World.ID, null, Expiry.at(Instant.EPOCH))));
  }

  private void arrive(Commit commit) {
    world.wire.remove(commit);
    world.ports.records().commit(List.of(commit));
  }
}
