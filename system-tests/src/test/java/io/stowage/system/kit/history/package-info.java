/** The checker itself: right histories pass, wrong ones do not. */
@NullMarked
package io.stowage.system.kit.history;

import org.jspecify.annotations.NullMarked;
