/**
 * The engine behind {@link io.stowage.api.StoragePlatform}: it finds an adapter and a codec on the
 * class path and puts the parts of each store together.
 */
@NullMarked
package io.stowage.core;

import org.jspecify.annotations.NullMarked;
