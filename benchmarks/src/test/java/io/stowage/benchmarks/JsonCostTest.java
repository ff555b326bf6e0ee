package io.stowage.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The bar is 1.15, and is measured with JMH; a build beside other work must not fail by chance, so
 * it demands less.
 */
@Tag("full")
class JsonCostTest {

  private static final double LIMIT = 1.5;

  @Test
  void theCodecCostsLittleMoreThanJackson() {
    new JsonCost()
        .ratios()
        .forEach((work, ratio) -> assertThat(ratio).as(work).isBetween(0.3, LIMIT));
  }
}
