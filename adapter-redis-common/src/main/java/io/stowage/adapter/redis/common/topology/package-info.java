/**
 * Which server gets a command: routing, redirection, failover and scans over standalone servers,
 * Sentinel groups and Clusters, written once over {@link
 * io.stowage.adapter.redis.common.topology.ServerConnector}, the small interface that a client
 * library implements.
 */
@NullMarked
package io.stowage.adapter.redis.common.topology;

import org.jspecify.annotations.NullMarked;
