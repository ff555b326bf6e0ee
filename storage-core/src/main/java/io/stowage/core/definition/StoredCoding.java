package io.stowage.core.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * What readers of a store's values need beside them. Immutable; it only ever grows.
 *
 * @param names the names that have numbers; the first one has number 1
 * @param dictionary the number of the compression dictionary in use; 0 for none
 * @param incarnation a text that differs whenever the store was begun anew after its data was
 *     removed; empty if it has none
 */
public record StoredCoding(List<String> names, int dictionary, String incarnation) {

  static final StoredCoding NONE = new StoredCoding(List.of(), 0, "");

  public StoredCoding {
    names = List.copyOf(names);
  }

  /** The number of a name; 0 if it has none. */
  int number(String name) {
    return names.indexOf(name) + 1;
  }

  /** Whether a process that knows this one reads and writes as one that knows the other. */
  boolean includes(StoredCoding other) {
    return dictionary >= other.dictionary
        && names.size() >= other.names.size()
        && names.subList(0, other.names.size()).equals(other.names);
  }

  StoredCoding withName(String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new StoredCoding(more, dictionary, incarnation);
  }

  StoredCoding withDictionary(int number) {
    return new StoredCoding(names, number, incarnation);
  }

  StoredCoding withIncarnation(String other) {
    return new StoredCoding(names, dictionary, other);
  }
}
