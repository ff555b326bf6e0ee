/**
 * The driven ports: what the engine needs of a backend, a codec and a TTL strategy. An adapter
 * keeps the promises of {@link io.stowage.spi.PersistencePort} and {@link
 * io.stowage.spi.IndexPort}; all else (versions, index entries, retiring, repair, planning) is the
 * engine's work. Every method takes a batch; results come in the order of what was asked.
 *
 * <p>All ports are safe for use by many threads. They fail with {@link
 * io.stowage.spi.AdapterException}, which tells whether something may have been applied, and never
 * with an exception of a client library.
 */
@NullMarked
package io.stowage.spi;

import org.jspecify.annotations.NullMarked;
