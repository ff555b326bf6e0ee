package io.stowage.spi;

/** Makes the stored form of values. Found with {@link java.util.ServiceLoader}. */
public interface EnvelopeProvider {

  /**
   * The stored form of one store's values. Sends nothing.
   *
   * @throws IllegalArgumentException if the settings cannot be honoured: a library is missing, or
   *     the key set is not valid
   */
  EnvelopePort open(EnvelopeSettings settings);
}
