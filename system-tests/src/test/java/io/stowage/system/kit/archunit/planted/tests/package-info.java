/** Planted: a test that is overridden and so vanishes. */
@NullMarked
package io.stowage.system.kit.archunit.planted.tests;

import org.jspecify.annotations.NullMarked;
