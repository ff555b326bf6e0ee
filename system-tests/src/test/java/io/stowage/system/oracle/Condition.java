package io.stowage.system.oracle;

import io.stowage.api.Filter;
import java.util.function.BiPredicate;

/** A filter, and what it means. */
record Condition(Filter filter, BiPredicate<String, Content> meaning) {

  boolean holds(String id, Content content) {
    return meaning.test(id, content);
  }
}
