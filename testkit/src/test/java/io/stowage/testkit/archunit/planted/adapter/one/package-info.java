/** Planted: an adapter that sees another one and the engine. */
@NullMarked
package io.stowage.testkit.archunit.planted.adapter.one;

import org.jspecify.annotations.NullMarked;
