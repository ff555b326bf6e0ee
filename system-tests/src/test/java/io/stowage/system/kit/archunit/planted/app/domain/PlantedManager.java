package io.stowage.system.kit.archunit.planted.app.domain;

/** Planted: a name that says nothing. */
final class PlantedManager {}
