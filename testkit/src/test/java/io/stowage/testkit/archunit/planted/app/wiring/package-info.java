/** Planted: a composition root, which may see the ports. */
@NullMarked
package io.stowage.testkit.archunit.planted.app.wiring;

import org.jspecify.annotations.NullMarked;
