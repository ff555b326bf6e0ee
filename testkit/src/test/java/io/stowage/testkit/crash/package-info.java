/** A writer that dies after any of its commands leaves nothing behind that is not allowed. */
@NullMarked
package io.stowage.testkit.crash;

import org.jspecify.annotations.NullMarked;
