/** Slots that move and masters that hand over or die while a store is at work. */
@NullMarked
package io.stowage.system.failover;

import org.jspecify.annotations.NullMarked;
