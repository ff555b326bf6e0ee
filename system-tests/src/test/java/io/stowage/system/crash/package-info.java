/** A writer that dies after any of its commands leaves nothing behind that is not allowed. */
@NullMarked
package io.stowage.system.crash;

import org.jspecify.annotations.NullMarked;
