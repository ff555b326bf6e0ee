package io.stowage.adapter.redis.common.topology;

import io.stowage.api.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A server to connect to, and how each connection to it begins.
 *
 * @param address where it is
 * @param credentials who logs in; null for nobody
 * @param database the database that is selected
 * @param readOnly whether {@code READONLY} is sent, with which the replica of a Cluster answers
 *     reads itself
 */
public record ServerTarget(
    ServerAddress address, @Nullable Credentials credentials, int database, boolean readOnly) {}
