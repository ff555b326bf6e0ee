package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
@Tag("server")
class AccessTest {

  private static final String ALL = "io.stowage.embedded.redis.TestBinaries#all";

  /** The reply, or the error that it is. */
  private static String as(@Nullable Credentials credentials, EmbeddedRedis redis, String... words)
      throws IOException {
    Endpoint endpoint = new Endpoint(Loopback.at(redis.port()), null, credentials);
    try (RespConnection connection = RespConnection.open(endpoint, Duration.ofSeconds(10))) {
      return connection.ask(words);
    } catch (RespException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void usersHaveTheRightsTheyWereGiven(RedisBinary binary) throws Exception {
    Credentials app = new Credentials("app", "pass \"word\"");
    try (EmbeddedRedis redis =
        EmbeddedRedis.builder()
            .binary(binary)
            .user("app", app.password(), "~app:*", "&*", "+@read", "+set", "-strlen")
            .user("nobody", "x")
            .defaultUserOff()
            .start()) {
      assertThat(redis.uri()).isEqualTo("redis://app:pass%20%22word%22@127.0.0.1:" + redis.port());
      assertThat(redis.uri("nobody")).isEqualTo("redis://nobody:x@127.0.0.1:" + redis.port());
      assertThat(as(app, redis, "SET", "app:1", "1")).isEqualTo("OK");
      assertThat(as(app, redis, "GET", "app:1")).isEqualTo("1");
      assertThat(as(app, redis, "GET", "other")).startsWith("NOPERM");
      assertThat(as(app, redis, "DEL", "app:1")).startsWith("NOPERM");
      assertThat(as(app, redis, "STRLEN", "app:1")).startsWith("NOPERM");
      assertThat(as(new Credentials("nobody", "x"), redis, "GET", "a")).startsWith("NOPERM");
      assertThat(as(new Credentials("app", "wrong"), redis, "PING")).startsWith("WRONGPASS");
      assertThat(as(null, redis, "PING")).startsWith("NOAUTH");
      redis.restart();
      assertThat(as(app, redis, "GET", "app:1")).isEqualTo("null");
      assertThat(redis.toString()).doesNotContain("word");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theDefaultUserMayHaveAPasswordBesideOthers(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis =
        EmbeddedRedis.builder()
            .binary(binary)
            .user("app", "secret", "~*", "+@all")
            .password("default's")
            .start()) {
      assertThat(redis.uri()).isEqualTo("redis://:default%27s@127.0.0.1:" + redis.port());
      assertThat(as(new Credentials(null, "default's"), redis, "PING")).isEqualTo("PONG");
      assertThat(as(new Credentials("app", "secret"), redis, "PING")).isEqualTo("PONG");
      assertThat(as(null, redis, "PING")).startsWith("NOAUTH");
    }
  }

  @Test
  void groupsWorkWhateverTheirUsersMayDo() throws Exception {
    Credentials app = new Credentials("app", "secret");
    try (EmbeddedReplicaSet set =
        EmbeddedReplicaSet.builder()
            .user("app", "secret", "~a", "+get", "+set")
            .defaultUserOff()
            .start()) {
      assertThat(as(app, set.master(), "SET", "a", "1")).isEqualTo("OK");
      set.failOver(set.replicas().get(0));
      for (EmbeddedRedis member : set.members()) {
        assertThat(as(app, member, "GET", "a")).isEqualTo("1");
        assertThat(as(app, member, "GET", "b")).startsWith("NOPERM");
        assertThat(as(null, member, "GET", "a")).startsWith("NOAUTH");
      }
      assertThat(set.uri("app")).isEqualTo("redis://app:secret@" + set.master().address());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "default", "stowage-embedded", "two words", "a\nb", "ä"})
  void refusesNamesThatAreNone(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRedis.builder().user(name, "x"))
        .withMessageContaining("is no name for a user");
  }

  @Test
  void refusesContradictions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRedis.builder().user("a", "x").user("a", "y"))
        .withMessageContaining("'a' is there already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRedis.builder().user("a", ""))
        .withMessageContaining("password is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRedis.builder().user("a", "x", "+get\n+set"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRedis.builder().password("x").defaultUserOff());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRedis.builder().defaultUserOff().password("x"));
  }

  @Test
  void aRuleThatIsNoneIsRefusedByTheServer() {
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(() -> EmbeddedRedis.builder().user("a", "x", "+no-such-command").start())
        .withMessageContaining("no-such-command");
  }
}
