/** Stores whose values are encoded, compressed and encrypted in every way. */
@NullMarked
package io.stowage.system.coding;

import org.jspecify.annotations.NullMarked;
