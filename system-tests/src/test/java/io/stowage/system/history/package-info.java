/** Records what threads do to a few items, and has the histories checked for linearizability. */
@NullMarked
package io.stowage.system.history;

import org.jspecify.annotations.NullMarked;
