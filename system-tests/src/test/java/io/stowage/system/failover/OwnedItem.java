package io.stowage.system.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An item that one thread writes: what can be stored after all that was acknowledged and all whose
 * outcome is unknown. Used by one thread at a time.
 */
final class OwnedItem {

  private static final long ABSENT = 0;

  private final String id;
  private final String owner;
  private final Set<Long> possible = new HashSet<>(Set.of(ABSENT));
  private boolean mayBeDeletedLater;
  private long written;

  OwnedItem(String id, String owner) {
    this.id = id;
    this.owner = owner;
  }

  String id() {
    return id;
  }

  /** A document that was never written before. */
  Document next() {
    long number = ++written;
    return Document.of(
        Map.of("id", id, "owner", owner, "color", number % 5, "n", number, "copy", number));
  }

  void wasSaved(Document document) {
    possible.clear();
    possible.add(number(document));
    if (mayBeDeletedLater) {
      possible.add(ABSENT);
    }
  }

  void mayBeSaved(Document document) {
    possible.add(number(document));
  }

  void wasDeleted() {
    possible.clear();
    possible.add(ABSENT);
  }

  /** A delete without an answer may be carried out even after later writes. */
  void mayBeDeleted() {
    possible.add(ABSENT);
    mayBeDeletedLater = true;
  }

  /** Fails if this cannot be stored, or nothing can. */
  void wasFound(@Nullable Document found) {
    if (found != null) {
      assertThat(found.get("copy")).as("%s", found).isEqualTo(found.get("n"));
    }
    assertThat(found == null ? ABSENT : number(found))
        .as("item '%s' is %s; possible are the writes %s (0: none)", id, found, possible)
        .isIn(possible);
  }

  private static long number(Document document) {
    return document.get("n") instanceof Long number ? number : ABSENT;
  }
}
