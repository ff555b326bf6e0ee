package io.stowage.system.protocol;

import io.stowage.api.Document;
import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.core.item.ItemImage;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.StagedWrite;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.Precondition;
import io.stowage.spi.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the item through the engine's {@link StagedWrite}; one answer may be lost. A conditional
 * writer replaces exactly the version that it sees at first, if there is one.
 */
final class Writer implements Actor {

  private enum Next {
    SEE,
    PICK,
    ADD,
    COMMIT,
    FIND_OUT,
    CLEAN,
    RETIRE,
    DONE
  }

  private static final int MAX_REFUSALS = 2;

  private final World world;
  private final String name;
  private final int term;
  private StagedWrite write;
  private Next next;
  private @Nullable Version version;
  private List<IndexEntry> refused = List.of();
  private boolean hasLost;

  private Writer(World world, String name, int term, Next first) {
    this.world = world;
    this.name = name;
    this.term = term;
    this.next = first;
    this.write = staged(Precondition.none());
  }

  static Writer plain(World world, int term) {
    return new Writer(world, "plain writer", term, Next.PICK);
  }

  static Writer conditional(World world, int term) {
    return new Writer(world, "conditional writer", term, Next.SEE);
  }

  private StagedWrite staged(Precondition precondition) {
    ItemMapper<Document> mapper = world.mapper();
    ItemImage<Document> image = mapper.encode(World.ID, World.item(term));
    return new StagedWrite(
        World.ID,
        mapper.payloads(image),
        () -> mapper.terms(image),
        Expiry.never(),
        precondition,
        world.commitGrace());
  }

  @Override
  public List<Step> steps() {
    return switch (next) {
      case SEE -> List.of(step("sees what is stored", this::see));
      case PICK -> List.of(step("picks a version", this::pick));
      case ADD -> List.of(step("adds its entry", this::add));
      case COMMIT ->
          !hasLost
              ? List.of(
                  step("commits", this::commit),
                  step("commits, answer lost", this::commitLost),
                  step("commit delayed", this::commitDelayed))
              : List.of(step("commits", this::commit));
      case FIND_OUT ->
          List.of(
              step("looks whether it is stored", this::look),
              step("cannot find out whether it is stored", this::goOn));
      case CLEAN -> List.of(step("removes its refused entry", this::clean));
      case RETIRE -> List.of(step("retires the replaced record", this::retire));
      case DONE -> List.of();
    };
  }

  private Step step(String what, Runnable action) {
    return new Step(name + " " + what, action);
  }

  private void see() {
    Version stored = world.storedVersion();
    if (stored != null) {
      write = staged(Precondition.version(stored));
    }
    next = Next.PICK;
  }

  private void pick() {
    Version used = version;
    boolean reuses = world.rules == Rules.FRESH_BROKEN && used != null;
    version = reuses ? used : world.pick();
    write.begin(version);
    next = Next.ADD;
  }

  private void add() {
    world.ports.indexes().add(write.entries());
    next = Next.COMMIT;
  }

  private void commit() {
    CommitResult answer = world.ports.records().commit(List.of(write.commit())).get(0);
    Version stored = answer.stored();
    if (answer.status() == CommitResult.Status.NOT_NEWER && stored != null) {
      world.clock.observe(stored);
    }
    write.answered(answer);
    refused = write.takeRefused();
    next = !refused.isEmpty() ? Next.CLEAN : write.replaced() != null ? Next.RETIRE : Next.DONE;
  }

  private void commitLost() {
    world.ports.records().commit(List.of(write.commit()));
    lose();
  }

  private void commitDelayed() {
    world.wire.add(write.commit());
    lose();
  }

  private void lose() {
    hasLost = true;
    if (world.rules == Rules.CLEAN_ONLY_DEFINITE_BROKEN) {
      world.ports.indexes().remove(write.entries());
    }
    write.failed(Outcome.UNKNOWN);
    next = Next.FIND_OUT;
  }

  private void look() {
    write.found(world.storedVersion());
    goOn();
  }

  private void goOn() {
    next = write.result() == null && write.mayTryAgain() ? Next.PICK : Next.DONE;
  }

  private void clean() {
    world.ports.indexes().remove(refused);
    boolean isOver = write.result() != null || write.timesRefused() >= MAX_REFUSALS;
    next = isOver ? Next.DONE : Next.PICK;
  }

  private void retire() {
    StoredRecord replaced = write.replaced();
    if (replaced != null) {
      world.ports.indexes().remove(world.retirement.entriesOf(World.ID, replaced));
    }
    next = Next.DONE;
  }
}
