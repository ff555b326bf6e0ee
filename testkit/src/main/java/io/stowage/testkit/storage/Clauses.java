package io.stowage.testkit.storage;

import io.stowage.api.Durability;
import java.util.Optional;

/** A topic of the contract: an interface whose default methods are tests, one for each clause. */
interface Clauses {

  /** The stores that the tests of this run work with. */
  ContractStores stores();

  /** A durability level that the backend reaches, if it has replicas. */
  Optional<Durability> reachableDurability();
}
