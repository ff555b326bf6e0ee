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
  private StoredDefinition definition;

  /**
   * Begins with what is stored. A store without a definition gets one without indexes: whatever
   * records it has may be in none. One round trip.
   *
   * @param target what the definition is to become
   */
  DefinitionChange(PersistencePort records, StoreDefinition target) {
    this.records = records;
    StoreDefinition none = new StoreDefinition(target.codec(), List.of(), target.orderField());
    String bare = DefinitionText.write(StoredDefinition.of(none));
    this.definition =
        DefinitionText.read(records.definition().orElseGet(() -> records.define(bare)));
  }

  StoredDefinition now() {
    return definition;
  }

  /**
   * Stores the next step. One round trip.
   *
   * @throws AdapterException if somebody else has changed the definition
   */
  void to(StoredDefinition next) {
    boolean isStored =
        records.redefine(DefinitionText.write(definition), DefinitionText.write(next));
    if (!isStored) {
      throw AdapterException.unavailable(
          "the definition of the store was changed by somebody else meanwhile", null);
    }
    definition = next;
  }
}
