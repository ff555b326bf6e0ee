package io.stowage.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the index terms of a store.
 *
 * @param terms terms; may be empty although more follow
 * @param next where the next part begins, or null if this is the last
 */
public record TermPage(List<IndexTerm> terms, @Nullable String next) {

  public TermPage {
    terms = List.copyOf(terms);
  }
}
