package io.stowage.testkit.port;

import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.contract.BackendUnderTest;

/** What the tests of every topic start from. */
interface Clauses extends BackendUnderTest {

  /** A store of its own for one test, in the adapter that the tests share. */
  Bench bench();

  /** An adapter of its own for one test, which closes it. */
  StorageAdapter another();
}
