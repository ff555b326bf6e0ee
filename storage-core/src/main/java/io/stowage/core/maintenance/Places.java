package io.stowage.core.maintenance;

import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.spi.IndexTerm;

/** Names places in indexes, in words. */
final class Places {

  private Places() {}

  static String describe(IndexTerm term) {
    IndexDefinition index = new IndexDefinition(term.index(), term.kind());
    return term.kind().isByValue() ? index + " under '" + term.value() + "'" : "" + index;
  }
}
