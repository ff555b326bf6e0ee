/**
 * The engine behind {@link io.stowage.api.Storage}: it checks arguments, runs operations through
 * the write protocol and the query engine, and tells failures in the words of the driving port.
 */
@NullMarked
package io.stowage.core.store;

import org.jspecify.annotations.NullMarked;
