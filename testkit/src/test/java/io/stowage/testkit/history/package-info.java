/** The checker itself: right histories pass, wrong ones do not. */
@NullMarked
package io.stowage.testkit.history;

import org.jspecify.annotations.NullMarked;
