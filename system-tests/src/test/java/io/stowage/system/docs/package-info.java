/** The pages of the project: their Java compiles and runs, their links and commands are right. */
@NullMarked
package io.stowage.system.docs;

import org.jspecify.annotations.NullMarked;
