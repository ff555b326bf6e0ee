package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class MembersTest {

  @Test
  void ifOneDoesNotStartNoneIsLeft() {
    List<EmbeddedRedis> started = Collections.synchronizedList(new ArrayList<>());
    Supplier<EmbeddedRedis> good =
        () -> {
          EmbeddedRedis redis = EmbeddedRedis.start();
          started.add(redis);
          return redis;
        };
    Supplier<EmbeddedRedis> bad =
        () -> {
          throw new EmbeddedRedisException("bad");
        };
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(() -> Members.start(List.of(good, bad, good, bad)))
        .withMessage("bad")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(started).hasSize(2).noneMatch(EmbeddedRedis::isRunning);
    assertThat(started).allSatisfy(redis -> assertThat(redis.dataDirectory()).doesNotExist());
  }

  @Test
  void closeIsForAllAndMayBeRepeated() {
    List<EmbeddedRedis> members =
        Members.start(List.of(EmbeddedRedis::start, EmbeddedRedis::start));
    members.get(0).freeze();
    Members.close(members);
    assertThat(members).noneMatch(EmbeddedRedis::isRunning);
    assertThatNoException().isThrownBy(() -> Members.close(members));
    assertThatNoException().isThrownBy(() -> Members.close(List.of()));
  }
}
