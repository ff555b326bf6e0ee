package io.stowage.core.store;

import io.stowage.api.MaintenanceListener;
import io.stowage.core.protocol.CleanUp;
import io.stowage.core.protocol.VersionClock;
import java.util.concurrent.Executor;

/**
 * What a store has of its platform.
 *
 * @param clock makes the versions
 * @param cleanUp removes dead entries in the background
 * @param executor runs asynchronous operations
 * @param listener is told of upkeep; throws nothing
 * @param forecast is told of items that expire
 */
public record PlatformParts(
    VersionClock clock,
    CleanUp cleanUp,
    Executor executor,
    MaintenanceListener listener,
    ExpiryForecast forecast) {}
