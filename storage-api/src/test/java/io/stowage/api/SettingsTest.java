package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  void compressionHasLevelsAndAThreshold() {
    assertThat(Compression.gzip()).isEqualTo(Compression.gzip(6));
    assertThat(Compression.zstd(19).withThreshold(0).threshold()).isZero();
    assertRefused(() -> Compression.gzip(10), "level of gzip is 10; allowed is 1 to 9");
    assertRefused(() -> Compression.gzip(0), "level of gzip is 0; allowed is 1 to 9");
    assertRefused(() -> Compression.zstd(20), "level of zstd is 20; allowed is 1 to 19");
    assertRefused(
        () -> new Compression(Compression.Algorithm.LZ4, 1, 0),
        "level of lz4 is 1; allowed is 0 to 0");
    assertRefused(
        () -> Compression.lz4().withThreshold(-1), "threshold is -1; allowed is 0 to 1048576");
    assertRefused(
        () -> new DictionaryOptions(1_023, 8), "maxBytes is 1023; allowed is 1024 to 1048576");
    assertRefused(
        () -> new DictionaryOptions(1_024, 7), "maxSamples is 7; allowed is 8 to 1000000");
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
        () ->
            new StoreOptions(
                Ttl.none(),
                ScanPolicy.WARN,
                0,
                Duration.ofSeconds(1),
                1,
                Durability.master(),
                ReadFrom.MASTER,
                Duration.ZERO,
                SweepOptions.defaults(),
                Compression.none(),
                Optional.empty(),
                1_000),
        "batchSize is 0; allowed is 1 to 10000");
    for (Duration refused : List.of(Duration.ofNanos(-1), Duration.ofDays(7).plusNanos(1))) {
      assertRefused(
          () -> builder.sweepEvery(refused),
          "sweepEvery is " + refused + "; allowed is PT0S to PT168H");
    }
    StoreOptions defaults = StoreOptions.defaults();
    assertThat(defaults)
        .isEqualTo(
            new StoreOptions(
                Ttl.none(),
                ScanPolicy.ALLOW,
                500,
                Duration.ofSeconds(60),
                100,
                Durability.master(),
                ReadFrom.MASTER,
                Duration.ofMinutes(5),
                SweepOptions.defaults(),
                Compression.none(),
                Optional.empty(),
                16 << 20));
    for (int refused : new int[] {255, (512 << 20) + 1}) {
      assertRefused(
          () -> builder.maxItemSize(refused),
          "maxItemSize is " + refused + "; allowed is 256 to 536870912");
    }
    StoreOptions changed =
        builder
            .ttl(Ttl.sliding(Duration.ofHours(1)))
            .scanPolicy(ScanPolicy.FORBID)
            .batchSize(1)
            .gracePeriod(Duration.ofMillis(10))
            .updateAttempts(10_000)
            .durability(Durability.replicas(1, Duration.ofSeconds(1)))
            .readFrom(ReadFrom.REPLICA)
            .sweepEvery(Duration.ZERO)
            .sweep(SweepOptions.defaults().withMaxEntries(7))
            .compression(Compression.lz4())
            .encryption(() -> new byte[0])
            .maxItemSize(256)
            .build();
    assertThat(changed.toBuilder().build()).isEqualTo(changed);
    assertThat(changed.compression()).isEqualTo(Compression.lz4());
    assertThat(changed.encryption()).isPresent();
    assertThat(changed.ttl().policy()).isEqualTo("sliding");
    assertThat(changed.scanPolicy()).isEqualTo(ScanPolicy.FORBID);
    assertThat(changed.gracePeriod()).isEqualTo(Duration.ofMillis(10));
    assertThat(changed.durability().replicas()).isEqualTo(1);
    assertThat(changed.readFrom()).isEqualTo(ReadFrom.REPLICA);
    assertThat(changed.sweepEvery()).isZero();
    assertThat(changed.sweep().maxEntries()).isEqualTo(7);
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
            .sentinelCredentials(new Credentials("watcher", "watchword"))
            .settings();

    assertThat(settings)
        .hasToString(
            "PlatformSettings[uri=redis://***@host:1/2, adapter=redis-jedis, codec=json,"
                + " keyPrefix=, clientName=c, NetworkSettings[connectTimeout=PT0.001S,"
                + " commandTimeout=PT10M, poolSize=1000, warmConnections=1, keepAlive=PT30S,"
                + " tcpUserTimeout=Optional.empty, topologyRefresh=PT30S],"
                + " TlsSettings[authorities=Optional.empty, certificate=Optional.empty,"
                + " key=Optional.empty]]");
    assertThat(settings.toString()).doesNotContain("watch");
    assertThat(settings.sentinelCredentials()).contains(new Credentials("watcher", "watchword"));
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
  void networkSettingsHaveBounds() {
    NetworkSettings defaults = NetworkSettings.defaults();
    String timeouts = "; allowed is PT0.001S to PT10M";
    for (Duration refused : List.of(Duration.ZERO, Duration.ofMinutes(10).plusNanos(1))) {
      assertRefused(
          () -> defaults.withConnectTimeout(refused), "connectTimeout is " + refused + timeouts);
      assertRefused(
          () -> defaults.withCommandTimeout(refused), "commandTimeout is " + refused + timeouts);
    }
    assertRefused(() -> defaults.withPoolSize(0), "poolSize is 0; allowed is 1 to 1000");
    assertRefused(() -> defaults.withPoolSize(1_001), "poolSize is 1001; allowed is 1 to 1000");
    assertRefused(() -> defaults.withWarmConnections(9), "warmConnections is 9; allowed is 0 to 8");
    assertRefused(
        () -> defaults.withWarmConnections(-1), "warmConnections is -1; allowed is 0 to 8");
    for (Duration refused : List.of(Duration.ofMillis(999), Duration.ofHours(2).plusNanos(1))) {
      assertRefused(
          () -> defaults.withKeepAlive(refused),
          "keepAlive is " + refused + "; allowed is PT1S to PT2H");
    }
    for (Duration refused : List.of(Duration.ofMillis(99), Duration.ofMinutes(11))) {
      assertRefused(
          () -> defaults.withTcpUserTimeout(refused),
          "tcpUserTimeout is " + refused + "; allowed is PT0.1S to PT10M");
    }
    for (Duration refused : List.of(Duration.ofMillis(99), Duration.ofHours(2))) {
      assertRefused(
          () -> defaults.withTopologyRefresh(refused),
          "topologyRefresh is " + refused + "; allowed is PT0.1S to PT1H");
    }
  }

  @Test
  void networkSettingsChangeOneByOne() {
    NetworkSettings changed =
        NetworkSettings.defaults()
            .withConnectTimeout(Duration.ofSeconds(3))
            .withCommandTimeout(Duration.ofSeconds(4))
            .withPoolSize(5)
            .withWarmConnections(4)
            .withKeepAlive(Duration.ofSeconds(6))
            .withTcpUserTimeout(Duration.ofSeconds(7))
            .withTopologyRefresh(Duration.ofSeconds(8));

    assertThat(changed)
        .isEqualTo(
            new NetworkSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                5,
                4,
                Duration.ofSeconds(6),
                Optional.of(Duration.ofSeconds(7)),
                Duration.ofSeconds(8)));
    assertThat(changed.withPoolSize(2).warmConnections()).isEqualTo(2);
    assertThat(StoragePlatform.builder().network(changed).settings().network()).isEqualTo(changed);
  }

  @Test
  void tlsNeedsCertificateAndKeyTogether() {
    Path file = Path.of("file.pem");
    TlsSettings settings = TlsSettings.defaults().trusting(file).presenting(file, file);

    assertThat(settings)
        .isEqualTo(new TlsSettings(Optional.of(file), Optional.of(file), Optional.of(file)));
    assertThat(StoragePlatform.builder().tls(settings).settings().tls()).isEqualTo(settings);
    assertRefused(
        () -> new TlsSettings(Optional.empty(), Optional.of(file), Optional.empty()),
        "certificate is given without key; allowed are both or none");
    assertRefused(
        () -> new TlsSettings(Optional.empty(), Optional.empty(), Optional.of(file)),
        "key is given without certificate; allowed are both or none");
  }

  @Test
  void credentialsAreNotShown() {
    assertThat(new Credentials("watcher", "watchword")).hasToString("Credentials[***]");
  }

  @Test
  void durabilityHasBounds() {
    Duration second = Duration.ofSeconds(1);
    assertThat(Durability.master().isConfirmed()).isFalse();
    assertThat(Durability.replicas(2, second).isConfirmed()).isTrue();
    for (int refused : new int[] {0, 101}) {
      assertRefused(
          () -> Durability.replicas(refused, second),
          "replicas is " + refused + "; allowed is 1 to 100");
    }
    for (Duration refused : List.of(Duration.ZERO, Duration.ofMinutes(10).plusNanos(1))) {
      assertRefused(
          () -> Durability.replicas(1, refused),
          "within is " + refused + "; allowed is PT0.001S to PT10M");
    }
    assertRefused(() -> new Durability(-1, Duration.ZERO), "replicas is -1; allowed is 0 to 100");
  }

  @Test
  void sweepOptionsHaveBounds() {
    SweepOptions defaults = SweepOptions.defaults();
    for (long refused : new long[] {0, 1_000_000_001}) {
      assertRefused(
          () -> defaults.withMaxEntries(refused),
          "maxEntries is " + refused + "; allowed is 1 to 1000000000");
    }
    for (int refused : new int[] {0, 100_000_001}) {
      assertRefused(
          () -> defaults.withEntriesPerSecond(refused),
          "entriesPerSecond is " + refused + "; allowed is 1 to 100000000");
    }
    for (Duration refused : List.of(Duration.ofMillis(99), Duration.ofHours(2))) {
      assertRefused(
          () -> defaults.withLease(refused), "lease is " + refused + "; allowed is PT0.1S to PT1H");
    }
    assertThat(defaults.withMaxEntries(1).withEntriesPerSecond(2).withLease(Duration.ofSeconds(3)))
        .isEqualTo(new SweepOptions(1, 2, Duration.ofSeconds(3)));
  }

  @Test
  void openingWithoutAnEngineSaysWhatToAdd() {
    assertThatThrownBy(() -> StoragePlatform.open("memory:"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no engine on the class path; add io.stowage:stowage-storage-core");
  }
}
