package io.stowage.serialization.values;

import java.util.ArrayList;
import java.util.List;

/**
 * A type of the JDK, as a field declares it, with values that are easily changed on their way.
 *
 * @param declaration the type in Java
 */
record JdkType(String declaration, List<Sample> samples) {

  /**
   * A value of a type.
   *
   * @param label what the table calls it if it is not treated as others are
   */
  record Sample(String label, Object value) {}

  /** A type with values that need no label. */
  static JdkType type(String declaration, Object... values) {
    List<Sample> samples = new ArrayList<>();
    for (Object value : values) {
      samples.add(new Sample(String.valueOf(value), value));
    }
    return new JdkType(declaration, samples);
  }

  /** The type with one more value. */
  JdkType and(String label, Object value) {
    List<Sample> more = new ArrayList<>(samples);
    more.add(new Sample(label, value));
    return new JdkType(declaration, more);
  }

  /** The class alone, as the table calls it. */
  String name() {
    int generic = declaration.indexOf('<');
    String name = generic < 0 ? declaration : declaration.substring(0, generic);
    return name.replaceAll("\\b[a-z]+\\.", "");
  }

  /** The class's full name, without type arguments. */
  String className() {
    int generic = declaration.indexOf('<');
    return generic < 0 ? declaration : declaration.substring(0, generic);
  }

  /** The type as an argument of a type. */
  String boxed() {
    return switch (declaration) {
      case "int" -> "Integer";
      case "char" -> "Character";
      case "boolean", "byte", "short", "long", "float", "double" ->
          Character.toUpperCase(declaration.charAt(0)) + declaration.substring(1);
      default -> declaration;
    };
  }

  boolean isPrimitive() {
    return !boxed().equals(declaration);
  }
}
