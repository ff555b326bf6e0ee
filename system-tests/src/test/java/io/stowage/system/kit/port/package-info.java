/** The contract run on each adapter of the project, and the contract's own tests. */
@NullMarked
package io.stowage.system.kit.port;

import org.jspecify.annotations.NullMarked;
