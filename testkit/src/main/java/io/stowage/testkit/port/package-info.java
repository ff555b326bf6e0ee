/**
 * The contract of the driven ports, for authors of adapters: a subclass of {@link
 * io.stowage.testkit.port.AdapterContract} runs every clause of part A of {@code CONTRACT.md}
 * against one adapter. A clause's number is the beginning of its test's name.
 */
@NullMarked
package io.stowage.testkit.port;

import org.jspecify.annotations.NullMarked;
