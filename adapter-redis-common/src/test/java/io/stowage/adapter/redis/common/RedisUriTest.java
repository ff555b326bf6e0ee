package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.adapter.redis.common.RedisUri.Topology;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.api.Credentials;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {

  private static RedisUri standalone(String host, int port) {
    return new RedisUri(
        Topology.STANDALONE, false, List.of(new ServerAddress(host, port)), null, "", 0);
  }

  @Test
  void readsHostAndDefaults() {
    assertThat(RedisUri.parse("redis://localhost")).isEqualTo(standalone("localhost", 6379));
    assertThat(RedisUri.parse("REDIS://h/")).isEqualTo(standalone("h", 6379));
    assertThat(RedisUri.parse("redis://[::1]")).isEqualTo(standalone("::1", 6379));
  }

  @Test
  void readsEveryPart() {
    assertThat(RedisUri.parse("rediss://ann:s%40cr+t%2F%C3%A9@10.0.0.1:7000/3"))
        .isEqualTo(
            new RedisUri(
                Topology.STANDALONE,
                true,
                List.of(new ServerAddress("10.0.0.1", 7000)),
                new Credentials("ann", "s@cr+t/é"),
                "",
                3));
    assertThat(RedisUri.parse("redis://:pw@[::1]:7000").credentials())
        .isEqualTo(new Credentials(null, "pw"));
    assertThat(RedisUri.parse("redis://:pw@[::1]:7000")).hasToString("redis://[::1]:7000/0");
  }

  @Test
  void readsSentinels() {
    assertThat(RedisUri.parse("redis-sentinel://ann:pw@a,b:7000,[::1]/my-master/2"))
        .isEqualTo(
            new RedisUri(
                Topology.SENTINEL,
                false,
                List.of(
                    new ServerAddress("a", 26379),
                    new ServerAddress("b", 7000),
                    new ServerAddress("::1", 26379)),
                new Credentials("ann", "pw"),
                "my-master",
                2));
    assertThat(RedisUri.parse("rediss-sentinel://a/m"))
        .isEqualTo(
            new RedisUri(
                Topology.SENTINEL, true, List.of(new ServerAddress("a", 26379)), null, "m", 0));
  }

  @Test
  void readsClusters() {
    assertThat(RedisUri.parse("redis-cluster://a,b:7000"))
        .isEqualTo(
            new RedisUri(
                Topology.CLUSTER,
                false,
                List.of(new ServerAddress("a", 6379), new ServerAddress("b", 7000)),
                null,
                "",
                0));
    assertThat(RedisUri.parse("rediss-cluster://a/0").tls()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://",
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
        "redis://u:secret@::1",
        "redis://u:secret@a,b",
        "redis://u:@h"
      })
  void refusesAnythingElseWithoutShowingThePassword(String uri) {
    assertThatThrownBy(() -> RedisUri.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://[user:password@]host[:port][/database]")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis-sentinel://u:secret@h |it names no master",
        "redis-sentinel://u:secret@h/ |it names no master",
        "redis-sentinel://u:secret@/m |it names no host",
        "redis-sentinel://u:secret@h/m/x |database is 'x'",
        "redis-sentinel://u:secret@h/a b |master is 'a b'",
        "redis-cluster://u:secret@h/1 |a Cluster has only database 0",
        "redis-cluster://u:secret@h:7000:1 |port is '7000:1'",
        "rediss-cluster://u:secret@h/m |database is 'm'"
      })
  void saysWhatIsWrongAndWhatIsAllowed(String uri, String why) {
    String scheme = uri.substring(0, uri.indexOf("://"));
    assertThatThrownBy(() -> RedisUri.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("allowed is " + scheme + "://[user:password@]host[:port],...")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "redis:", "http://u:secret@h", "redis-cluster+tls://u:secret@h"})
  void refusesOtherSchemes(String uri) {
    assertThatThrownBy(() -> RedisUri.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://[user:password@]host[:port][/database]")
        .hasMessageContaining("redis-sentinel://")
        .hasMessageContaining("redis-cluster://")
        .hasMessageNotContaining("secret");
  }

  @Test
  void showsNoPassword() {
    assertThat(RedisUri.parse("redis://ann:secret@h:1/2")).hasToString("redis://h:1/2");
    assertThat(RedisUri.parse("rediss-sentinel://ann:secret@h:1,i/m"))
        .hasToString("rediss-sentinel://h:1,i:26379/m/0");
  }
}
