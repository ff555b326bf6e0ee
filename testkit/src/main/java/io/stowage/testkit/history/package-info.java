/**
 * Histories of concurrent operations on items, and the check that each item behaved as if its
 * operations had happened one after the other.
 */
@NullMarked
package io.stowage.testkit.history;

import org.jspecify.annotations.NullMarked;
