package io.stowage.core.definition;

import io.stowage.spi.AdapterException;

/** What is taken for the definition of a store where none is stored. */
interface MissingDefinition {

  /** Nothing is stored. */
  MissingDefinition LEFT_MISSING =
      new MissingDefinition() {
        @Override
        public String begin(StoredDefinition own) {
          return DefinitionText.write(own);
        }

        @Override
        public String putBack(StoredDefinition known, boolean isFresh) {
          return DefinitionText.write(known);
        }
      };

  /**
   * The definition of a store that is opened.
   *
   * @throws AdapterException if there may be none
   */
  String begin(StoredDefinition own);

  /**
   * The definition of a store that is open here, and whose definition was lost.
   *
   * @param isFresh whether what is known was read so lately that nobody can have ceased since to
   *     write an index that it names
   */
  String putBack(StoredDefinition known, boolean isFresh);
}
