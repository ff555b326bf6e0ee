package io.stowage.system.kit.archunit.planted.adapter.two;

import io.stowage.spi.Commit;

/** Planted: an adapter as it should be. */
public record SeesPortsOnly(Commit commit) {}
