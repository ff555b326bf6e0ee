package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerWeightTest {

  @Test
  void nothingIsKnownBeforeTheFirstAnswer() {
    AnswerWeight weight = new AnswerWeight(1_000, 64);
    weight.learn(0, 0);
    assertThat(weight.expected()).isEqualTo(1_000);
    weight.learn(2, 20);
    assertThat(weight.expected()).isEqualTo(10);
  }

  @Test
  void manyAnswersCountForMoreThanOne() {
    AnswerWeight weight = new AnswerWeight(1_000, 64);
    weight.learn(100, 10_000);
    weight.learn(1, 6_500);
    assertThat(weight.expected()).isEqualTo(200);
    weight.learn(64, 64 * 6_500);
    assertThat(weight.expected()).isEqualTo(6_500);
  }

  @Test
  void emptyAnswersStillWeighSomething() {
    AnswerWeight weight = new AnswerWeight(1_000, 8);
    weight.learn(10, 0);
    assertThat(weight.expected()).isEqualTo(1);
  }
}
