package io.stowage.core.ttl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Ttl;
import io.stowage.spi.Expiry;
import io.stowage.spi.TtlPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TtlPoliciesTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void noneNeverExpires() {
    TtlPolicy policy = TtlPolicies.of(Ttl.none());

    assertThat(policy.name()).isEqualTo("none");
    assertThat(policy.onSave()).isEqualTo(Expiry.never());
    assertThat(policy.onRead()).isEmpty();
  }

  @Test
  void absoluteExpiresAfterTheSave() {
    TtlPolicy policy = TtlPolicies.of(Ttl.absolute(HOUR));

    assertThat(policy.name()).isEqualTo("absolute");
    assertThat(policy.onSave()).isEqualTo(Expiry.after(HOUR));
    assertThat(policy.onRead()).isEmpty();
  }

  @Test
  void slidingBeginsAnewWithEveryRead() {
    TtlPolicy policy = TtlPolicies.of(Ttl.sliding(HOUR));

    assertThat(policy.name()).isEqualTo("sliding");
    assertThat(policy.onSave()).isEqualTo(Expiry.after(HOUR));
    assertThat(policy.onRead()).contains(HOUR);
  }

  @Test
  void aPolicyOfTheEmbedderIsFoundByItsName() {
    assertThat(TtlPolicies.of(Ttl.named("for-a-week"))).isInstanceOf(WeekPolicy.class);
  }

  @Test
  void anUnknownNameListsWhatIsAllowed() {
    assertThatThrownBy(() -> TtlPolicies.of(Ttl.named("for-ever")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'for-ever'")
        .hasMessageContaining("none, absolute, sliding")
        .hasMessageContaining("[for-a-week]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"absolute", "sliding"})
  void aPolicyThatNeedsADurationIsNotTakenByItsNameAlone(String name) {
    assertThatThrownBy(() -> TtlPolicies.of(Ttl.named(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use Ttl." + name + "(duration)");
  }
}
