package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {

  @Test
  void readsHostAndDefaults() {
    assertThat(RedisUri.parse("redis://localhost"))
        .isEqualTo(new RedisUri("localhost", 6379, null, null, 0));
    assertThat(RedisUri.parse("REDIS://h/")).isEqualTo(new RedisUri("h", 6379, null, null, 0));
  }

  @Test
  void readsEveryPart() {
    assertThat(RedisUri.parse("redis://ann:s%40cr+t%2F%C3%A9@10.0.0.1:7000/3"))
        .isEqualTo(new RedisUri("10.0.0.1", 7000, "ann", "s@cr+t/é", 3));
    assertThat(RedisUri.parse("redis://:pw@[::1]:7000").user()).isNull();
    assertThat(RedisUri.parse("redis://:pw@[::1]:7000").place()).isEqualTo("[::1]:7000");
    assertThat(RedisUri.parse("redis://[::1]")).isEqualTo(new RedisUri("::1", 6379, null, null, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redis:",
        "redis://",
        "http://h",
        "rediss://u:secret@h",
        "redis://secret@h",
        "redis://u:secret@",
        "redis://u:secret@h:0",
        "redis://u:secret@h:65536",
        "redis://u:secret@h:99999999999",
        "redis://u:secret@h:x",
        "redis://u:secret@h:",
        "redis://u:secret@h/x",
        "redis://u:secret@h/-1",
        "redis://u:secret@h/9999999999",
        "redis://u:secret@h/0?timeout=1",
        "redis://u:secret@h/0#f",
        "redis://u:secret%4@h",
        "redis://u:secret%@h",
        "redis://u:sec/secret@h",
        "redis://u:secret@@h",
        "redis://u:sec ret@h",
        "redis://u:secret@a b",
        "redis://u:secret@[::1",
        "redis://u:secret@::1"
      })
  void refusesAnythingElseWithoutShowingThePassword(String uri) {
    assertThatThrownBy(() -> RedisUri.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://[user:password@]host[:port][/database]")
        .hasMessageNotContaining("secret");
  }

  @Test
  void showsNoPassword() {
    assertThat(RedisUri.parse("redis://ann:secret@h:1/2")).hasToString("redis://h:1/2");
  }
}
