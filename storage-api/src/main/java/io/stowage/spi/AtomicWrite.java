package io.stowage.spi;

/** A write of one item that may be part of an atomic batch. */
public sealed interface AtomicWrite permits Commit, Removal {

  /** The item's id. */
  String id();
}
