/** What the contracts of the ports and of {@code Storage} have in common. */
@NullMarked
package io.stowage.testkit.contract;

import org.jspecify.annotations.NullMarked;
