package io.stowage.system.kit.archunit.planted.unmarked;

/** Planted: a class of a package that says nothing of null. */
final class Unmarked {}
