package io.stowage.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the value of a field by its dotted path in an item that is a map. */
public final class FieldPath {

  private FieldPath() {}

  /**
   * The value at a path, or null if there is none. Where the path meets a list it goes on in every
   * element, and the answer is the list of what was found.
   */
  public static @Nullable Object resolve(
      Map<String, ? extends @Nullable Object> fields, String path) {
    return path.indexOf('.') < 0 ? fields.get(path) : descend(fields, path, 0);
  }

  private static @Nullable Object descend(@Nullable Object value, String path, int start) {
    if (value == null || start > path.length()) {
      return value;
    }
    if (value instanceof Collection<?> list) {
      List<Object> found = new ArrayList<>();
      for (Object element : list) {
        Object inner = descend(element, path, start);
        if (inner != null) {
          found.add(inner);
        }
      }
      return found.isEmpty() ? null : found;
    }
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    int dot = path.indexOf('.', start);
    int end = dot < 0 ? path.length() : dot;
    return descend(map.get(path.substring(start, end)), path, end + 1);
  }
}
