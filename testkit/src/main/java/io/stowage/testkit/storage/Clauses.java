package io.stowage.testkit.storage;

/** A topic of the contract: an interface whose default methods are tests, one for each clause. */
interface Clauses {

  /** The stores that the tests of this run work with. */
  ContractStores stores();
}
