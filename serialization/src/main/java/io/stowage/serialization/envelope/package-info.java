/** The stored form of values: the envelope around what codecs write, and what is plain. */
@NullMarked
package io.stowage.serialization.envelope;

import org.jspecify.annotations.NullMarked;
