/** Planted: an adapter that sees nothing it must not. */
@NullMarked
package io.stowage.system.kit.archunit.planted.adapter.two;

import org.jspecify.annotations.NullMarked;
