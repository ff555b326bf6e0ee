package io.stowage.core.definition;

import io.stowage.spi.AdapterException;
import io.stowage.spi.NameTable;
import io.stowage.spi.SerializationException;

/** The numbers of names that are kept in the definition of a store. */
public final class StoredNames implements NameTable {

  private final LiveDefinition live;

  public StoredNames(LiveDefinition live) {
    this.live = live;
  }

  @Override
  public int number(String name) {
    int known = live.latest().coding().number(name);
    if (known > 0) {
      return known;
    }
    try {
      return live.change(stored -> named(stored, name)).coding().number(name);
    } catch (AdapterException e) {
      throw e.beforeAnyWrite(); // A number that nobody uses does no harm.
    }
  }

  private static StoredDefinition named(StoredDefinition stored, String name) {
    StoredCoding coding = stored.coding();
    if (coding.number(name) > 0) {
      return stored;
    }
    if (coding.names().size() >= MAX_NAMES) {
      throw AdapterException.refused(
          "name '" + name + "' gets no number: the store has " + MAX_NAMES + " already", null);
    }
    return stored.with(coding.withName(name));
  }

  @Override
  public String name(int number) {
    StoredCoding coding = live.latest().coding();
    if (number > coding.names().size()) {
      coding = live.renewed().coding();
    }
    if (number < 1 || number > coding.names().size()) {
      throw new SerializationException(
          "name "
              + number
              + " is not in the store's definition, which has "
              + coding.names().size(),
          null);
    }
    return coding.names().get(number - 1);
  }
}
