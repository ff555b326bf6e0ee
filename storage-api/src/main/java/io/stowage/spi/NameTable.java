package io.stowage.spi;

/**
 * Numbers for names, such as those of classes: the same for every process that uses a store, for
 * ever, also after its data was lost and begun anew. Safe for use by many threads.
 */
public interface NameTable {

  /** The greatest number of names in a store. */
  int MAX_NAMES = 10_000;

  /**
   * The number of a name, 1 or more; the name is kept if it is new. Costs a round trip or two for a
   * name that this process has not met.
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
