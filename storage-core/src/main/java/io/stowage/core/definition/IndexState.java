package io.stowage.core.definition;

import java.util.Locale;

/**
 * Where an index is between being added and being gone. Any two states that processes see at the
 * same time fit together: nobody reads an index that somebody does not write.
 */
public enum IndexState {
  /** Complete: everybody writes it, and queries read it. */
  READY,
  /**
   * Everybody writes it; the entries of older records are still to be added, so nobody reads it.
   */
  BUILDING,
  /** Everybody still writes it, since some may not know yet that it must not be read any more. */
  DROPPING,
  /** Nobody writes or reads it; its entries are being removed. */
  PURGING;

  /** Whether the entries of this index are written with an item. */
  public boolean isWritten() {
    return this != PURGING;
  }

  /** The state's word in the stored text: lower case. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
