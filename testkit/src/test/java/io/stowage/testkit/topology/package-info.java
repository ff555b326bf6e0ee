/** Runs the contracts on every topology, client and server version that is supported. */
@NullMarked
package io.stowage.testkit.topology;

import org.jspecify.annotations.NullMarked;
