/** Planted: a composition root, which may see the ports. */
@NullMarked
package io.stowage.system.kit.archunit.planted.app.wiring;

import org.jspecify.annotations.NullMarked;
