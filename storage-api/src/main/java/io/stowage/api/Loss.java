package io.stowage.api;

/**
 * What of a typed item may come back otherwise than it was saved, if its type accepts that with
 * {@link ItemType.Builder#acceptLossy}. Without it, codecs that would lose it refuse the item.
 */
public enum Loss {
  /**
   * The type of a number in a field that is declared open, such as {@code Object}, {@code Number}
   * or {@code Map<String, Object>}: it comes back by its value, as a {@link Document} has it.
   */
  NUMBER_TYPES,
  /**
   * The class of any other value in such a field, which comes back as JSON has it: as a text, a
   * list or a map. Also the class of an object that extends the declared one and comes back as one
   * of that, without what it has besides.
   */
  CLASSES
}
