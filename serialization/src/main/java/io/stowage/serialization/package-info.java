/** What all codecs share: how a payload says in what form it is. */
@NullMarked
package io.stowage.serialization;

import org.jspecify.annotations.NullMarked;
