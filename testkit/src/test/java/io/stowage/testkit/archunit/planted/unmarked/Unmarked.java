package io.stowage.testkit.archunit.planted.unmarked;

/** Planted: a class of a package that says nothing of null. */
final class Unmarked {}
