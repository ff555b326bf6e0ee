package io.stowage.core.definition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What readers of a store's values need beside them. Immutable. It only ever grows, and two of them
 * can always become one, since numbers follow from what they stand for ({@link ContentNumber}).
 *
 * @param names the names that have numbers, each once; in the oldest records the first one has
 *     number 1, and so on
 * @param dictionaries the numbers of the compression dictionaries, each once; the last one is in
 *     use
 * @param incarnation a text that differs whenever the definition was written where there was none;
 *     empty if it has none
 */
public record StoredCoding(List<String> names, List<Integer> dictionaries, String incarnation) {

  static final StoredCoding NONE = new StoredCoding(List.of(), List.of(), "");

  public StoredCoding {
    names = List.copyOf(names);
    dictionaries = List.copyOf(dictionaries);
  }

  /** Whether there are records, or may be, that cannot be read without this. */
  public boolean isNeeded() {
    return !names.isEmpty() || !dictionaries.isEmpty();
  }

  /** The number of the dictionary in use; 0 for none. */
  public int dictionary() {
    return dictionaries.isEmpty() ? 0 : dictionaries.get(dictionaries.size() - 1);
  }

  /** The name that has a number; null if none has. */
  @Nullable String name(int number) {
    if (number > 0 && number <= names.size()) {
      return names.get(number - 1);
    }
    return names.stream()
        .filter(name -> ContentNumber.ofName(name) == number)
        .findFirst()
        .orElse(null);
  }

  /** Whether everything that another one has is in this one. */
  boolean includes(StoredCoding other) {
    return names.containsAll(other.names) && dictionaries.containsAll(other.dictionaries);
  }

  /** This one, with what another one has and this one lacks. */
  StoredCoding mergedWith(StoredCoding other) {
    if (includes(other)) {
      return this;
    }
    Set<String> allNames = new LinkedHashSet<>(names);
    allNames.addAll(other.names);
    boolean isEarlier =
        dictionaries.equals(
            other.dictionaries.subList(
                0, Math.min(dictionaries.size(), other.dictionaries.size())));
    Set<Integer> allDictionaries = new LinkedHashSet<>(dictionaries);
    allDictionaries.addAll(other.dictionaries);
    if (!isEarlier) {
      allDictionaries.remove(dictionary());
      allDictionaries.add(dictionary()); // what is in use here stays in use
    }
    return new StoredCoding(List.copyOf(allNames), List.copyOf(allDictionaries), incarnation);
  }

  StoredCoding withName(String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new StoredCoding(more, dictionaries, incarnation);
  }

  StoredCoding withDictionary(int number) {
    Set<Integer> more = new LinkedHashSet<>(dictionaries);
    more.remove(number);
    more.add(number);
    return new StoredCoding(names, List.copyOf(more), incarnation);
  }

  StoredCoding withIncarnation(String other) {
    return new StoredCoding(names, dictionaries, other);
  }
}
