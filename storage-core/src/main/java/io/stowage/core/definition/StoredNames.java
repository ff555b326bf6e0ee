package io.stowage.core.definition;

import io.stowage.spi.AdapterException;
import io.stowage.spi.NameTable;
import io.stowage.spi.SerializationException;

/** The names that are kept in the definition of a store, and their numbers. */
public final class StoredNames implements NameTable {

  private final LiveDefinition live;

  public StoredNames(LiveDefinition live) {
    this.live = live;
  }

  @Override
  public int number(String name) {
    if (!live.latest().coding().names().contains(name)) {
      add(name);
    }
    return ContentNumber.ofName(name);
  }

  private void add(String name) {
    try {
      StoredDefinition unused = live.change(stored -> named(stored, name));
    } catch (AdapterException e) {
      throw e.beforeAnyWrite(); // A name that nobody uses does no harm.
    }
  }

  private static StoredDefinition named(StoredDefinition stored, String name) {
    StoredCoding coding = stored.coding();
    if (coding.names().contains(name)) {
      return stored;
    }
    String other = coding.name(ContentNumber.ofName(name));
    if (other != null) {
      throw AdapterException.refused(
          "name '" + name + "' gets no number: by accident '" + other + "' has the same", null);
    }
    if (coding.names().size() >= MAX_NAMES) {
      throw AdapterException.refused(
          "name '" + name + "' gets no number: the store has " + MAX_NAMES + " already", null);
    }
    return stored.with(coding.withName(name));
  }

  @Override
  public String name(int number) {
    String known = live.latest().coding().name(number);
    if (known == null) {
      known = live.renewed().coding().name(number);
    }
    if (known == null) {
      throw new SerializationException(
          "name " + number + " is not in the store's definition", null);
    }
    return known;
  }
}
