package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static void assertRefused(ThrowingCallable use, String message) {
    assertThatThrownBy(use).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void ttlsHaveBounds() {
    Duration least = Duration.ofMillis(1);
    for (Duration allowed : List.of(least, Ttl.MAX)) {
      assertThat(Ttl.absolute(allowed).duration()).hasValue(allowed);
      assertThat(Ttl.sliding(allowed).duration()).hasValue(allowed);
    }
    for (Duration refused : List.of(least.minusNanos(1), Duration.ZERO, Ttl.MAX.plusNanos(1))) {
      String message =
          "TTL is " + refused + "; allowed is PT0.001S (1 ms) to PT876600H (100 years)";
      assertRefused(() -> Ttl.absolute(refused), message);
      assertRefused(() -> Ttl.sliding(refused), message);
    }
    assertThat(Ttl.none()).hasToString("none");
    assertThat(Ttl.named("mine").policy()).isEqualTo("mine");
    assertThat(Ttl.named("mine").duration()).isEmpty();
    assertThat(Ttl.absolute(Duration.ofSeconds(1))).hasToString("absolute PT1S");
    assertThat(Ttl.sliding(Duration.ofSeconds(1)).policy()).isEqualTo("sliding");
  }

  @Test
  void storeOptionsHaveBounds() {
    StoreOptions.Builder builder = StoreOptions.builder();
    for (int refused : new int[] {0, 10_001}) {
      assertRefused(
          () -> builder.batchSize(refused), "batchSize is " + refused + "; allowed is 1 to 10000");
      assertRefused(
          () -> builder.updateAttempts(refused),
          "updateAttempts is " + refused + "; allowed is 1 to 10000");
    }
    for (Duration refused : List.of(Duration.ofMillis(9), Duration.ofDays(1).plusNanos(1))) {
      assertRefused(
          () -> builder.gracePeriod(refused),
          "gracePeriod is " + refused + "; allowed is PT0.01S to PT24H");
    }
    assertRefused(
        () -> new StoreOptions(Ttl.none(), ScanPolicy.WARN, 0, Duration.ofSeconds(1), 1),
        "batchSize is 0; allowed is 1 to 10000");
    StoreOptions defaults = StoreOptions.defaults();
    assertThat(defaults)
        .isEqualTo(
            new StoreOptions(Ttl.none(), ScanPolicy.ALLOW, 500, Duration.ofSeconds(60), 100));
    StoreOptions changed =
        builder
            .ttl(Ttl.sliding(Duration.ofHours(1)))
            .scanPolicy(ScanPolicy.FORBID)
            .batchSize(1)
            .gracePeriod(Duration.ofMillis(10))
            .updateAttempts(10_000)
            .build();
    assertThat(changed.ttl().policy()).isEqualTo("sliding");
    assertThat(changed.scanPolicy()).isEqualTo(ScanPolicy.FORBID);
    assertThat(changed.gracePeriod()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void platformSettingsHaveBounds() {
    StoragePlatform.Builder builder = StoragePlatform.builder();
    String timeouts = "; allowed is PT0.001S to PT10M";
    for (Duration refused : List.of(Duration.ZERO, Duration.ofMinutes(11))) {
      assertRefused(
          () -> builder.connectTimeout(refused), "connectTimeout is " + refused + timeouts);
      assertRefused(
          () -> builder.commandTimeout(refused), "commandTimeout is " + refused + timeouts);
    }
    for (int refused : new int[] {0, 1_001}) {
      assertRefused(
          () -> builder.poolSize(refused), "poolSize is " + refused + "; allowed is 1 to 1000");
    }
    for (String refused : List.of("a b", "{a}", "a}", "ü", "\n", "\u007f", "x".repeat(129))) {
      assertRefused(
          () -> builder.keyPrefix(refused),
          "keyPrefix is '"
              + refused
              + "'; allowed are at most 128 printable ASCII characters but '{', '}' and space");
    }
    assertThatThrownBy(() -> builder.clientName("a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("clientName is 'a b'");
  }

  @Test
  void platformSettingsKeepWhatWasSaidAndHideThePassword() {
    PlatformSettings settings =
        StoragePlatform.builder()
            .uri("redis://user:secret@host:1/2")
            .adapter("redis-jedis")
            .codec("json")
            .keyPrefix("")
            .connectTimeout(Duration.ofMillis(1))
            .commandTimeout(Duration.ofMinutes(10))
            .poolSize(1_000)
            .clientName("c")
            .settings();

    assertThat(settings)
        .hasToString(
            "PlatformSettings[uri=redis://***@host:1/2, adapter=redis-jedis, codec=json,"
                + " keyPrefix=, connectTimeout=PT0.001S, commandTimeout=PT10M, poolSize=1000,"
                + " clientName=c]");
    assertThat(StoragePlatform.builder().settings().toString())
        .contains("redis://localhost:6379", "adapter=-", "keyPrefix=stowage:");
  }

  @Test
  void passwordsWithSeparatorsAreHiddenToo() {
    for (String password : List.of("se@cret", "se/cret", "se?cret@#")) {
      PlatformSettings settings =
          StoragePlatform.builder().uri("redis://u:" + password + "@host").settings();
      assertThat(settings.toString()).doesNotContain("cret");
    }
  }

  @Test
  void openingWithoutAnEngineSaysWhatToAdd() {
    assertThatThrownBy(() -> StoragePlatform.open("memory:"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no engine on the class path; add io.stowage:stowage-storage-core");
  }
}
