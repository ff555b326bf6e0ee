/**
 * What an item is to the engine: its id, its bytes, its index terms, its place in the order, its
 * expiry and the values of its fields.
 */
@NullMarked
package io.stowage.core.item;

import org.jspecify.annotations.NullMarked;
