/** Certificates and keys for TLS, read from PEM files with nothing but the JDK. */
@NullMarked
package io.stowage.adapter.redis.common.tls;

import org.jspecify.annotations.NullMarked;
