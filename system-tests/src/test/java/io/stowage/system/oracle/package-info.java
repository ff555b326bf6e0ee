/**
 * Asks queries of all kinds while threads move items between values, and judges the answers by what
 * each item held meanwhile. What a filter means is computed here by plain comparisons, not by the
 * engine.
 */
@NullMarked
package io.stowage.system.oracle;

import org.jspecify.annotations.NullMarked;
