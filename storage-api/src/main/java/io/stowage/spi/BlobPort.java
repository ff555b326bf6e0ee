package io.stowage.spi;

import java.util.Optional;

/**
 * Pieces of data that belong to a store as a whole, by name, such as compression dictionaries. They
 * do not expire. Each method is one atomic step and one round trip. Names are 1 to 64 lower-case
 * letters, digits and {@code -}.
 */
public interface BlobPort {

  /** The piece of that name, if there is one; the reader's own copy. */
  Optional<byte[]> read(String name);

  /**
   * Stores a piece if there is none of that name. Of ports whose writes replicas confirm it is
   * answered only once they have confirmed the piece of that name, whoever stored it.
   *
   * @return whether there was none
   */
  boolean add(String name, byte[] bytes);

  /** Stores a piece, in place of the one of that name if there is one. */
  void put(String name, byte[] bytes);

  /**
   * Removes a piece.
   *
   * @return whether there was one
   */
  boolean remove(String name);
}
