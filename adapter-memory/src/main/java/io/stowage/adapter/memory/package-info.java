/**
 * The driven ports in the heap: for tests, for development, and as the measure that other adapters
 * are compared with. Data lives as long as its adapter; nothing is shared between two adapters.
 */
@NullMarked
package io.stowage.adapter.memory;

import org.jspecify.annotations.NullMarked;
