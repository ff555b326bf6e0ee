package io.stowage.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of a field by its dotted path in an item that is a map: {@code metadata.turn}.
 *
 * <p>A segment of digits is a place in a list, from 0 on: {@code turns.0.who}. A dot that belongs
 * to a name is written {@code \.}, and a backslash before a dot or a backslash {@code \\}: {@code
 * headers.x\.trace} is the field {@code x.trace} in {@code headers}.
 */
public final class FieldPath {

  private static final char DOT = '.';
  private static final char ESCAPE = '\\';

  /** More digits than the place of any element has. */
  private static final int MAX_DIGITS = 9;

  private FieldPath() {}

  /** The path of a field by the names that lead to it, whatever characters they have. */
  public static String of(String... names) {
    List<String> segments = new ArrayList<>(names.length);
    for (String name : names) {
      segments.add(name.replace("\\", "\\\\").replace(".", "\\."));
    }
    return String.join(".", segments);
  }

  /**
   * The value at a path, or null if there is none. Where the path meets a list it goes on in every
   * element that has the next name, and in the one at the next place; the answer is the list of
   * what was found.
   */
  public static @Nullable Object resolve(
      Map<String, ? extends @Nullable Object> fields, String path) {
    boolean isName = path.indexOf(DOT) < 0 && path.indexOf(ESCAPE) < 0;
    return isName ? fields.get(path) : descend(fields, segments(path), 0);
  }

  /** The names that a path consists of; some are empty if it is no path. */
  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char unit = path.charAt(i);
      if (unit == DOT) {
        segments.add(segment.toString());
        segment.setLength(0);
      } else if (unit == ESCAPE && isEscapable(path, i + 1)) {
        segment.append(path.charAt(++i));
      } else {
        segment.append(unit);
      }
    }
    segments.add(segment.toString());
    return segments;
  }

  private static boolean isEscapable(String path, int index) {
    return index < path.length() && (path.charAt(index) == DOT || path.charAt(index) == ESCAPE);
  }

  private static @Nullable Object descend(
      @Nullable Object value, List<String> segments, int depth) {
    if (value == null || depth == segments.size()) {
      return value;
    }
    if (value instanceof Collection<?> list) {
      return inElements(list, segments, depth);
    }
    return value instanceof Map<?, ?> map
        ? descend(map.get(segments.get(depth)), segments, depth + 1)
        : null;
  }

  private static @Nullable Object inElements(Collection<?> list, List<String> segments, int depth) {
    int place = place(segments.get(depth));
    List<Object> found = new ArrayList<>();
    int index = 0;
    for (Object element : list) {
      if (index++ == place) {
        add(descend(element, segments, depth + 1), found);
      }
      if (place < 0 || element instanceof Map<?, ?>) {
        add(descend(element, segments, depth), found);
      }
    }
    return found.isEmpty() ? null : found;
  }

  private static void add(@Nullable Object value, List<Object> found) {
    if (value != null) {
      found.add(value);
    }
  }

  /** The place in a list that a segment names; negative if it names none. */
  private static int place(String segment) {
    boolean isPlace =
        !segment.isEmpty()
            && segment.length() <= MAX_DIGITS
            && segment.chars().allMatch(unit -> unit >= '0' && unit <= '9');
    return isPlace ? Integer.parseInt(segment) : -1;
  }
}
