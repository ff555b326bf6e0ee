/** Checks the modules of this project by the rules that the kit gives to others. */
@NullMarked
package io.stowage.system.architecture;

import org.jspecify.annotations.NullMarked;
