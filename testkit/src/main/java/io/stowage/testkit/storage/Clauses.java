package io.stowage.testkit.storage;

import io.stowage.testkit.contract.BackendUnderTest;

/** A topic of the contract: an interface whose default methods are tests, one for each clause. */
interface Clauses extends BackendUnderTest {

  /** The stores that the tests of this run work with. */
  ContractStores stores();
}
