package io.stowage.system.kit.archunit.planted.app.wiring;

import io.stowage.spi.AdapterProvider;

/** Planted: a composition root that chooses an adapter. */
record SeesPorts(AdapterProvider chosen) {}
