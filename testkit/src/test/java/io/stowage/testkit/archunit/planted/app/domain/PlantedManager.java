package io.stowage.testkit.archunit.planted.app.domain;

/** Planted: a name that says nothing. */
final class PlantedManager {}
