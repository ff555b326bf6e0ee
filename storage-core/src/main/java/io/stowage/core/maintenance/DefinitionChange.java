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
   * Stores the next step. One round trip, or more if what readers of values need has grown.
   *
   * @throws AdapterException if somebody else has changed the indexes
   */
  void to(StoredDefinition next) {
    StoredDefinition wanted = next;
    while (!records.redefine(DefinitionText.write(definition), DefinitionText.write(wanted))) {
      StoredDefinition stored = grown();
      wanted = next.codedAs(stored);
      definition = stored;
    }
    definition = wanted;
  }

  /** What is stored now, if it differs from what was stored only in what readers of values need. */
  private StoredDefinition grown() {
    return records
        .definition()
        .map(DefinitionText::read)
        .filter(stored -> !stored.equals(definition))
        .filter(stored -> stored.codedAs(definition).equals(definition))
        .orElseThrow(
            () ->
                AdapterException.unavailable(
                    "the definition of the store was changed by somebody else meanwhile", null));
  }
}
