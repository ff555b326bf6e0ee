package io.stowage.api;

import java.time.Duration;
import java.util.regex.Pattern;

/** The bounds of what the public types accept, checked in one way. */
final class Limits {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}");
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.\\\\-]{0,127}");

  private Limits() {}

  static int check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + "; allowed is " + min + " to " + max);
    }
    return value;
  }

  static Duration check(String name, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + "; allowed is " + min + " to " + max);
    }
    return value;
  }

  /** A name of a store: it becomes part of keys, so it holds no separator. */
  static String checkName(String what, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what
              + " is '"
              + value
              + "'; allowed are 1 to 128 letters, digits, '_', '-' and '.', not '.' first");
    }
    return value;
  }

  /** A field that an index or the order is named by: it becomes part of keys. */
  static String checkPath(String what, String value) {
    if (!PATH.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what
              + " is '"
              + value
              + "'; allowed are 1 to 128 letters, digits, '_', '-' and '.', not '.' first, and '\\'"
              + " before a '.' that belongs to a name");
    }
    return checkField(value);
  }

  /** A field: names joined by dots. */
  static String checkField(String field) {
    boolean isPath =
        field.indexOf('.') < 0
            ? !field.isEmpty()
            : FieldPath.segments(field).stream().noneMatch(String::isEmpty);
    if (!isPath || field.startsWith("$")) {
      throw new IllegalArgumentException(
          "field is '"
              + field
              + "'; allowed is a name, or names joined by dots such as 'metadata.turn', that does"
              + " not begin with '$'; a dot that belongs to a name is written '\\.'");
    }
    return field;
  }
}
