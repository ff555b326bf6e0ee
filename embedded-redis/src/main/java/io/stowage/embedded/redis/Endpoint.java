package io.stowage.embedded.redis;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to connect to a server.
 *
 * @param tls null for plain text
 * @param credentials null to stay the default user without a password
 */
record Endpoint(
    InetSocketAddress address, @Nullable SSLContext tls, @Nullable Credentials credentials) {}
