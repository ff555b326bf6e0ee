/**
 * What the adapters need of the servers: which rights, and which settings. {@link
 * io.stowage.adapter.redis.common.server.CommandRights} is the one list of the commands that are
 * used, {@link io.stowage.adapter.redis.common.server.ServerProbe} looks whether servers are as
 * they should be.
 */
@NullMarked
package io.stowage.adapter.redis.common.server;

import org.jspecify.annotations.NullMarked;
