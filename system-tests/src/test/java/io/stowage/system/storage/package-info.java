/**
 * The contract of the storage run over each adapter of the project, the contract's own tests, and
 * what can only be tested with several adapters or a server at hand.
 */
@NullMarked
package io.stowage.system.storage;

import org.jspecify.annotations.NullMarked;
