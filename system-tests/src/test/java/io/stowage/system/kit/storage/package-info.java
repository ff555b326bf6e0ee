/** Storages that are wrong in one way each, and the clauses of the contract that must notice. */
@NullMarked
package io.stowage.system.kit.storage;

import org.jspecify.annotations.NullMarked;
