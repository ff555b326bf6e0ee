package io.stowage.serialization.compression;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few things that are costly to make, each for one thread at a time. Neither blocks nor
 * allocates. Safe for use by many threads.
 */
final class Pool<T> {

  private final AtomicReferenceArray<@Nullable T> places;

  /** A pool with a place for each processor. */
  Pool() {
    places = new AtomicReferenceArray<>(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /** One that nobody else has, or null if the pool is empty. */
  @Nullable T take() {
    for (int i = 0; i < places.length(); i++) {
      if (places.get(i) != null) {
        T taken = places.getAndSet(i, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return null;
  }

  /**
   * Puts one back.
   *
   * @return whether there was a place for it; if not, it is still the caller's
   */
  boolean give(T thing) {
    for (int i = 0; i < places.length(); i++) {
      if (places.get(i) == null && places.compareAndSet(i, null, thing)) {
        return true;
      }
    }
    return false;
  }
}
