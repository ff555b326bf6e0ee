package io.stowage.system.kit.archunit.planted.tests;

import org.junit.jupiter.api.Test;

/** Planted: tests to inherit. */
interface Inherited {

  @Test
  default void vanishes() {}

  @Test
  default void stays() {}
}
