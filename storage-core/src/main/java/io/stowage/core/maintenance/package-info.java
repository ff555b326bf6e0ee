/**
 * The upkeep of a store while it is in use: {@link io.stowage.core.maintenance.Sweeper} removes
 * index entries that nobody needs, {@link io.stowage.core.maintenance.Doctor} looks at everything
 * and mends it, and {@link io.stowage.core.maintenance.Reindexer} changes the indexes.
 */
@NullMarked
package io.stowage.core.maintenance;

import org.jspecify.annotations.NullMarked;
