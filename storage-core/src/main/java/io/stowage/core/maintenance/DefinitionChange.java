package io.stowage.core.maintenance;

import io.stowage.api.StoreDefinition;
import io.stowage.core.definition.DefinitionText;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.spi.AdapterException;
import io.stowage.spi.PersistencePort;
import java.util.List;

/**
 * The stored definition in the hands of the one process that changes it, step by step. Every step
 * is applied only to what the step before left, so that a process that was suspended, and whose
 * work another one has taken over, stops at its next step. Used by one thread.
 */
final class DefinitionChange {

  private final PersistencePort records;
  private String text;
  private StoredDefinition definition;

  /**
   * Begins with what is stored. A store without a definition gets one without indexes: whatever
   * records it has may be in none. One round trip.
   *
   * @param target what the definition is to become
   */
  DefinitionChange(PersistencePort records, StoreDefinition target) {
    this.records = records;
    StoreDefinition none =
        new StoreDefinition(
            target.codec(),
            List.of(),
            target.orderField(),
            List.of(),
            List.of(),
            target.schemaVersion());
    String bare = DefinitionText.write(StoredDefinition.of(none).begunAnew());
    this.text = records.definition().orElseGet(() -> records.define(bare));
    this.definition = DefinitionText.read(text);
  }

  StoredDefinition now() {
    return definition;
  }

  /**
   * Stores the next step. One round trip, or more if what readers of values need has grown.
   *
   * @throws AdapterException if somebody else has changed the indexes
   */
  void to(StoredDefinition next) {
    StoredDefinition wanted = next;
    while (!records.redefine(text, DefinitionText.write(wanted))) {
      readGrown();
      wanted = next.codedAs(definition);
    }
    definition = wanted;
    text = DefinitionText.write(wanted);
  }

  /** Reads what is stored now, which must differ only in what readers of values need. */
  private void readGrown() {
    String stored = records.definition().orElse(text);
    StoredDefinition grown = DefinitionText.read(stored);
    if (stored.equals(text) || !grown.codedAs(definition).equals(definition)) {
      throw AdapterException.unavailable(
          "the definition of the store was changed by somebody else meanwhile", null);
    }
    text = stored;
    definition = grown;
  }
}
