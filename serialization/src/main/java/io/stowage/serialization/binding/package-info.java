/** How items are bound to Jackson's tokens, the same for all codecs that write by Jackson. */
@NullMarked
package io.stowage.serialization.binding;

import org.jspecify.annotations.NullMarked;
