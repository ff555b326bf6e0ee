/**
 * A network that misbehaves on demand: {@link io.stowage.testkit.fault.FaultProxy} stands between a
 * client and its servers, and {@link io.stowage.testkit.fault.LinkHooks} say what becomes of each
 * request and each reply.
 */
@NullMarked
package io.stowage.testkit.fault;

import org.jspecify.annotations.NullMarked;
