package io.stowage.system.kit.archunit.planted.tests;

import org.junit.jupiter.api.Test;

/** Planted: overrides one test so that it vanishes, and one as it may. */
class Overrides implements Inherited {

  @Override
  public void vanishes() {}

  @Test
  @Override
  public void stays() {}
}
