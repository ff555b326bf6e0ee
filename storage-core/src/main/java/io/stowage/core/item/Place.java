package io.stowage.core.item;

import io.stowage.api.FieldValue;
import io.stowage.api.Version;
import io.stowage.spi.EntryRef;
import org.jspecify.annotations.Nullable;

/**
 * Where an item is in the order of its store: by its score, and where different values share that
 * score by the value itself; then by id and version.
 *
 * @param ref its id and version, and its score
 * @param value what it holds in the order field; null if nothing that orders, or if the time of the
 *     save orders
 */
public record Place(EntryRef ref, @Nullable FieldValue value) implements Comparable<Place> {

  public String id() {
    return ref.id();
  }

  public Version version() {
    return ref.version();
  }

  public double score() {
    return ref.score();
  }

  @Override
  public int compareTo(Place other) {
    int byValue =
        score() == other.score() && FieldValue.isShared(score()) ? compare(value, other.value) : 0;
    return byValue != 0 ? byValue : ref.compareTo(other.ref);
  }

  private static int compare(@Nullable FieldValue left, @Nullable FieldValue right) {
    if (left == null || right == null) {
      return 0;
    }
    return left.compare(right).orElseGet(() -> left.kind().compareTo(right.kind()));
  }
}
