package io.stowage.core.item;

import org.jspecify.annotations.Nullable;

/** The fields of one item as filters see them. */
public interface ItemFields {

  /** What a field holds: null if it is absent, else an object or a collection of objects. */
  @Nullable Object value(String field);
}
