/** The architecture's rules applied to the project, and shown to bite. */
@NullMarked
package io.stowage.system.kit.archunit;

import org.jspecify.annotations.NullMarked;
