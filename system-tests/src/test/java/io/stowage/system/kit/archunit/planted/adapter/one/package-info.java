/** Planted: an adapter that sees another one and the engine. */
@NullMarked
package io.stowage.system.kit.archunit.planted.adapter.one;

import org.jspecify.annotations.NullMarked;
