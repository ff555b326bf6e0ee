/**
 * What the tests of the engine share: a clock to move, and a real backend that can be disturbed.
 */
@NullMarked
package io.stowage.core.support;

import org.jspecify.annotations.NullMarked;
