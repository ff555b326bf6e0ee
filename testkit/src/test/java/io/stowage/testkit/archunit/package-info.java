/** The architecture's rules applied to the project, and shown to bite. */
@NullMarked
package io.stowage.testkit.archunit;

import org.jspecify.annotations.NullMarked;
