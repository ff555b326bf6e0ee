/**
 * Answers queries: {@link io.stowage.core.query.Planner} chooses how to find candidates, an {@link
 * io.stowage.core.query.EntrySource} or a scan yields them, {@link
 * io.stowage.core.query.MatchCursor} reads their records, drops what is stale and evaluates the
 * whole filter again, and {@link io.stowage.core.query.QueryEngine} brings the rest into order.
 */
@NullMarked
package io.stowage.core.query;

import org.jspecify.annotations.NullMarked;
