package io.stowage.spi;

/**
 * Short numbers for names, such as those of classes: the same for every process that uses a store,
 * for ever. Safe for use by many threads.
 */
public interface NameTable {

  /** The greatest number of names in a store. */
  int MAX_NAMES = 10_000;

  /**
   * The number of a name; a new one if the name has none yet. Costs a round trip or two for a name
   * that this process has not met.
   *
   * @throws AdapterException if a new number is needed and cannot be stored
   */
  int number(String name);

  /**
   * The name that has a number. Costs a round trip for a number that this process has not met.
   *
   * @throws SerializationException if there is none
   */
  String name(int number);
}
