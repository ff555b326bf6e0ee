/** Items that expire all the time while they are read, changed and left alone. */
@NullMarked
package io.stowage.system.soak;

import org.jspecify.annotations.NullMarked;
