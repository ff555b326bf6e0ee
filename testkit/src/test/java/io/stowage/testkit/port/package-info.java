/** The contract run on each adapter of the project, and the contract's own tests. */
@NullMarked
package io.stowage.testkit.port;

import org.jspecify.annotations.NullMarked;
