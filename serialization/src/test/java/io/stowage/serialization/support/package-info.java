/** What the tests of several packages put in a store's place. */
@NullMarked
package io.stowage.serialization.support;

import org.jspecify.annotations.NullMarked;
