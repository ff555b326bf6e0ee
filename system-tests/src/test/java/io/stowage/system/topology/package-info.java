/** Runs the contracts on every topology, client and server version that is supported. */
@NullMarked
package io.stowage.system.topology;

import org.jspecify.annotations.NullMarked;
