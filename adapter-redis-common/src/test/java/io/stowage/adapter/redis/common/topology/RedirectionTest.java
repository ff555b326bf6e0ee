package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.adapter.redis.common.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectionTest {

  private static final ServerAddress FROM = new ServerAddress("10.0.0.1", 7000);

  private static Redirection of(String error) {
    return Redirection.of(new Reply.Failure(error), FROM);
  }

  @Test
  void readsWhereToGo() {
    assertThat(of("MOVED 3999 127.0.0.1:6381"))
        .isEqualTo(new Redirection.Moved(3999, new ServerAddress("127.0.0.1", 6381)));
    assertThat(of("ASK 3999 2001:db8::1:6381"))
        .isEqualTo(new Redirection.Ask(new ServerAddress("2001:db8::1", 6381)));
    assertThat(of("MOVED 3999 node.example:6381"))
        .isEqualTo(new Redirection.Moved(3999, new ServerAddress("node.example", 6381)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOVED 1 :6381", "MOVED 1 ?:6381"})
  void hostThatIsNotNamedIsThatOfTheServer(String error) {
    assertThat(of(error)).isEqualTo(new Redirection.Moved(1, new ServerAddress("10.0.0.1", 6381)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRYAGAIN Multiple keys request during rehashing of slot",
        "CLUSTERDOWN The cluster is down",
        "LOADING Redis is loading the dataset in memory",
        "MASTERDOWN Link with MASTER is down",
        "READONLY You can't write against a read only replica.",
        "READONLY You can't write against a read only replica. script: 5f3, on @user_script:1.",
        "ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write against"
            + " a read only replica. ",
        "-LOADING Redis is loading",
        "MOVED 1",
        "MOVED x 127.0.0.1:6381",
        "MOVED 1 127.0.0.1:99999",
        "ASK 1 127.0.0.1:65536",
        "MOVED 1 127.0.0.1:0"
      })
  void triesAgainWhatPasses(String error) {
    assertThat(of(error)).isEqualTo(new Redirection.Later());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"WRONGTYPE Operation", "NOSCRIPT No matching script", "OOM command", "ERR syntax"})
  void leavesOtherErrorsToTheCaller(String error) {
    assertThat(of(error)).isNull();
  }

  @Test
  void answerIsNoRedirection() {
    assertThat(Redirection.of(new Reply.Int(1), FROM)).isNull();
  }
}
