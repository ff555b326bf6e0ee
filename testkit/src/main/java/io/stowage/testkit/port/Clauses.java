package io.stowage.testkit.port;

import io.stowage.api.Durability;
import io.stowage.spi.StorageAdapter;
import java.util.Optional;

/** What the tests of every topic start from. */
interface Clauses {

  /** A store of its own for one test, in the adapter that the tests share. */
  Bench bench();

  /** A durability level that the backend reaches, if it has replicas. */
  Optional<Durability> reachableDurability();

  /** An adapter of its own for one test, which closes it. */
  StorageAdapter another();
}
