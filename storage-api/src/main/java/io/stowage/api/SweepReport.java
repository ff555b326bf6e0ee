package io.stowage.api;

import java.time.Duration;

/**
 * What a run of the sweeper did.
 *
 * @param isHeld whether another process held the lease, so that nothing was done
 * @param isComplete whether the run came to the end of the store; otherwise the next one goes on
 *     where it stopped
 * @param terms how many index terms it looked at
 * @param entries how many index entries it looked at
 * @param removed how many dead entries it removed
 * @param elapsed how long it took
 */
public record SweepReport(
    boolean isHeld, boolean isComplete, long terms, long entries, long removed, Duration elapsed) {}
