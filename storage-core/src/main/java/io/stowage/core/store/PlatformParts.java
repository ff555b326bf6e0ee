package io.stowage.core.store;

import io.stowage.api.MaintenanceListener;
import io.stowage.core.protocol.CleanUp;
import io.stowage.core.protocol.VersionClock;
import java.util.concurrent.Executor;

/**
 * What the stores of one platform share.
 *
 * @param clock makes the versions
 * @param cleanUp removes dead entries in the background
 * @param executor runs asynchronous operations
 * @param listener is told of upkeep; throws nothing
 */
public record PlatformParts(
    VersionClock clock, CleanUp cleanUp, Executor executor, MaintenanceListener listener) {}
