package io.stowage.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QuartilesTest {

  @Test
  void figuresAreTakenWhereTheQuartersEnd() {
    assertThat(Quartiles.of(new double[] {5, 1, 4, 2, 3})).isEqualTo(new Quartiles(2, 3, 4));
  }

  @Test
  void betweenTwoFiguresIsInterpolated() {
    assertThat(Quartiles.of(new double[] {4, 1, 3, 2})).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
    assertThat(Quartiles.of(new double[] {2, 1})).isEqualTo(new Quartiles(1.25, 1.5, 1.75));
  }

  @Test
  void oneFigureIsAllThree() {
    assertThat(Quartiles.of(new double[] {7})).isEqualTo(new Quartiles(7, 7, 7));
  }

  @Test
  void theFiguresStayAsTheyAre() {
    double[] figures = {3, 1, 2};
    Quartiles.of(figures);
    assertThat(figures).containsExactly(3, 1, 2);
  }

  @Test
  void noFiguresAndNoNumbersAreRefused() {
    assertThatThrownBy(() -> Quartiles.of(new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("figures are []; allowed are one or more numbers");
    assertThatThrownBy(() -> Quartiles.of(new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void rangesAreApartIfNoFigureIsInBoth() {
    Quartiles low = new Quartiles(0.8, 0.85, 0.9);
    assertThat(low.isApartFrom(new Quartiles(0.91, 0.95, 1))).isTrue();
    assertThat(new Quartiles(0.91, 0.95, 1).isApartFrom(low)).isTrue();
    assertThat(low.isApartFrom(new Quartiles(0.9, 0.95, 1))).isFalse();
    assertThat(low.isApartFrom(low)).isFalse();
  }
}
