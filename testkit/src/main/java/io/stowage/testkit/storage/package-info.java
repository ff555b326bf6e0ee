/**
 * The contract of {@link io.stowage.api.Storage}: what an application may rely on, whichever
 * adapter the engine runs on. Extend {@link io.stowage.testkit.storage.StorageContract} to run it;
 * the clauses are listed in {@code CONTRACT.md} under the ids that the tests' names begin with.
 */
@NullMarked
package io.stowage.testkit.storage;

import org.jspecify.annotations.NullMarked;
