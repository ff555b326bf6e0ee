package io.stowage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Outcome;
import io.stowage.api.ServerReport.Severity;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.core.support.CapturedLog;
import org.junit.jupiter.api.Test;

class ServerProbeTest {

  /** The adapter that was connected for such a URI. */
  private static TwinAdapters.Ailment connected(String severities) {
    return TwinAdapters.Ailing.CONNECTED.stream()
        .filter(adapter -> adapter.severities().equals(severities))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void serversWithWhichNoStoreCanWorkAreRefusedWithTheRightsThatAreMissing() {
    assertThatThrownBy(() -> StoragePlatform.open("ailing:ERROR,WARNING"))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.isTransient()).isFalse();
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.operation()).isEqualTo("open");
              assertThat(e.adapter()).isEqualTo("ailing");
            })
        .hasMessageContaining("a problem of severity ERROR")
        .hasMessageContaining("ACL SETUSER app +zadd");
    assertThat(connected("ERROR,WARNING").isClosed()).isTrue();
  }

  @Test
  void whatIsLessGraveIsLoggedOnceAndReported() {
    String log;
    try (CapturedLog captured = new CapturedLog();
        StoragePlatform platform = StoragePlatform.open("ailing:WARNING,NOTE")) {
      platform.documents("a");
      platform.documents("b");
      log = captured.text();
      assertThat(platform.servers().orElseThrow().problems())
          .extracting(problem -> problem.severity())
          .containsExactly(Severity.WARNING, Severity.NOTE);
    }

    assertThat(log.split("a problem of severity WARNING", -1)).hasSize(2);
    assertThat(log).contains("WARN").doesNotContain("severity NOTE");
  }

  @Test
  void serversThatDoNotAnswerFailTheOpeningAndTheConnectionIsClosed() {
    assertThatThrownBy(() -> StoragePlatform.open("ailing:silent"))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isTrue())
        .hasMessageContaining("no answer");
    assertThat(connected("silent").isClosed()).isTrue();
  }

  @Test
  void anAdapterWithoutServersOpens() {
    try (StoragePlatform platform = StoragePlatform.open("ailing:")) {
      assertThat(platform.servers()).isEmpty();
    }
  }
}
