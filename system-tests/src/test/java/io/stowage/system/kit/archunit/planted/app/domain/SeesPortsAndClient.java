package io.stowage.system.kit.archunit.planted.app.domain;

import io.lettuce.core.RedisURI;
import io.stowage.api.Version;
import io.stowage.spi.StoredRecord;

/** Planted: application code that uses a port's type and a client's. */
record SeesPortsAndClient(Version allowed, StoredRecord port, RedisURI client) {}
