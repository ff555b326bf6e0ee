/** What codecs and compression cost, measured by JMH. */
@NullMarked
package io.stowage.benchmarks;

import org.jspecify.annotations.NullMarked;
