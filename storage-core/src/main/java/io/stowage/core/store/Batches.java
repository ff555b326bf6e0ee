package io.stowage.core.store;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists into batches. */
final class Batches {

  private Batches() {}

  static <E> List<List<E>> of(List<E> elements, int size) {
    List<List<E>> batches = new ArrayList<>(elements.size() / size + 1);
    for (int from = 0; from < elements.size(); from += size) {
      batches.add(elements.subList(from, Math.min(elements.size(), from + size)));
    }
    return batches;
  }
}
