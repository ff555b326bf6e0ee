package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRedisBuilderTest {

  private final EmbeddedRedisBuilder builder = EmbeddedRedis.builder();

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void refusesAPortThatIsNone(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.port(port))
        .withMessageContaining("port is " + port)
        .withMessageContaining("1 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"port", "bind", "DIR", "requirepass", "daemonize", "appendonly"})
  void refusesASettingThatItDecidesOn(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setting(name, "x"))
        .withMessageContaining(name)
        .withMessageContaining("decided by the builder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "max memory", "a\nport", "#"})
  void refusesASettingWithoutAName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setting(name, "x"))
        .withMessageContaining("is no name");
  }

  @Test
  void refusesASecondLineInASetting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setting("maxmemory", "1\nport 1"))
        .withMessageContaining("maxmemory")
        .withMessageContaining("control character");
  }

  @Test
  void refusesAnEmptyPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.password(""))
        .withMessageContaining("password is empty");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void refusesATimeoutThatIsNotPositive(long millis) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.startupTimeout(Duration.ofMillis(millis)))
        .withMessageContaining("must be positive");
  }
}
