package io.stowage.serialization.binding;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that the open objects of one item have so far. Most objects have a few names, which are
 * told apart by one bit of their hash each, and only two of the same bit are compared; larger
 * objects get a set. Not safe for use by many threads.
 */
public final class OpenNames {

  private static final int FEW = 24;
  private static final int SCATTER = 0x9E37_79B9;
  private static final int TOP_SIX_BITS = Integer.SIZE - 6;

  private String[] names = new String[FEW];
  private int end;

  /** The open object: where its names begin, their bits, and all of them if they are many. */
  private int start;

  private long bits;
  private @Nullable Set<String> set;

  private int[] outerStarts = new int[4];
  private long[] outerBits = new long[4];
  private @Nullable Set<String> @Nullable [] outerSets;
  private int outer;

  /** An object begins inside the one that is open. */
  public void begin() {
    if (outer == outerStarts.length) {
      outerStarts = Arrays.copyOf(outerStarts, outer * 2);
      outerBits = Arrays.copyOf(outerBits, outer * 2);
    }
    if (set != null) {
      keep(set);
    }
    outerStarts[outer] = start;
    outerBits[outer++] = bits;
    start = end;
    bits = 0;
    set = null;
  }

  /** The object that began last ends. */
  public void end() {
    end = start;
    start = outerStarts[--outer];
    bits = outerBits[outer];
    set = null;
    if (outerSets != null && outer < outerSets.length) {
      set = outerSets[outer];
      outerSets[outer] = null;
    }
  }

  /** Adds a name to the open object; false if it has the name already. */
  public boolean add(String name) {
    long bit = 1L << ((name.hashCode() * SCATTER) >>> TOP_SIX_BITS);
    if ((bits & bit) == 0 && end < names.length && set == null) {
      bits |= bit;
      names[end++] = name;
      return true;
    }
    return compareAndAdd(name, bit);
  }

  private boolean compareAndAdd(String name, long bit) {
    if (set != null) {
      return set.add(name);
    }
    for (int i = start; i < end; i++) {
      if (name.equals(names[i])) {
        return false;
      }
    }
    if (end - start >= FEW) {
      set = new HashSet<>(Arrays.asList(names).subList(start, end));
      end = start;
      return set.add(name);
    }
    if (end == names.length) {
      names = Arrays.copyOf(names, end * 2);
    }
    bits |= bit;
    names[end++] = name;
    return true;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made else
  private void keep(Set<String> many) {
    @Nullable Set<String>[] sets = outerSets;
    if (sets == null || sets.length <= outer) {
      sets = sets == null ? new Set[outer + 1] : Arrays.copyOf(sets, 2 * outer + 1);
      outerSets = sets;
    }
    sets[outer] = many;
  }
}
