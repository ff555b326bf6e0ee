package io.stowage.system.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Credentials;
import io.stowage.api.Outcome;
import io.stowage.api.TlsSettings;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.TlsMaterial;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.testkit.redis.PatientNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is trusted, and what is said if somebody is not. */
@Tag("server")
abstract class RedisTlsTest {

  private static TlsMaterial material;

  private final AdapterProvider provider;

  RedisTlsTest(AdapterProvider provider) {
    this.provider = provider;
  }

  @BeforeAll
  static void generate() {
    material = TlsMaterial.generate();
  }

  @AfterAll
  static void delete() {
    material.close();
  }

  private static TlsSettings trusting() {
    return TlsSettings.defaults().trusting(material.authority());
  }

  private static TlsSettings presenting() {
    return trusting().presenting(material.clientCertificate(), material.clientKey());
  }

  private void connect(String uri, TlsSettings tls) {
    provider
        .connect(ConnectionSettings.of(uri).withNetwork(PatientNetwork.SETTINGS).withTls(tls))
        .close();
  }

  private void assertRefused(EmbeddedRedis server, TlsSettings tls, String why) {
    AdapterException failure =
        catchThrowableOfType(AdapterException.class, () -> connect(server.uri(), tls));
    assertThat(failure)
        .hasMessageContaining("TLS with Redis at 127.0.0.1:" + server.port() + " failed")
        .hasMessageContaining(why);
    assertThat(failure.isTransient()).isFalse();
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
  }

  @Test
  void serverOfAnAuthorityThatIsNotTrustedIsRefused() {
    try (EmbeddedRedis server = EmbeddedRedis.builder().tls(material).start()) {
      connect(server.uri(), trusting());
      assertRefused(server, TlsSettings.defaults(), "unable to find valid certification path");
      assertRefused(
          server,
          TlsSettings.defaults().trusting(material.otherAuthority()),
          "unable to find valid certification path");
    }
  }

  @Test
  void certificateForAnotherHostIsRefused() {
    try (EmbeddedRedis server = EmbeddedRedis.builder().tls(material.withWrongHostName()).start()) {
      assertRefused(server, trusting(), "No subject alternative names");
    }
  }

  @Test
  void clientWithoutTheRightCertificateIsRefusedUnderMutualTls() {
    try (EmbeddedRedis server = EmbeddedRedis.builder().mutualTls(material).start()) {
      connect(server.uri(), presenting());
      TlsSettings stranger =
          trusting().presenting(material.otherClientCertificate(), material.otherClientKey());
      for (TlsSettings wrong : List.of(trusting(), stranger)) {
        AdapterException failure =
            catchThrowableOfType(AdapterException.class, () -> connect(server.uri(), wrong));
        assertThat(failure)
            .hasMessageContaining("127.0.0.1:" + server.port())
            .hasMessageMatching("(?s).*(certificate|unknown_ca).*");
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      }
    }
  }

  @Test
  void everyNodeOfAClusterIsReachedThroughTls() {
    try (EmbeddedRedisCluster cluster =
        EmbeddedRedisCluster.builder()
            .replicasPerMaster(0)
            .nodeTimeout(Duration.ofMinutes(2))
            .mutualTls(material)
            .start()) {
      connect(cluster.uri(), presenting());
    }
  }

  @Test
  void settingsWithoutAMeaningAreRefused() {
    assertThatThrownBy(() -> connect("redis://127.0.0.1:1", trusting()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis://127.0.0.1:1/0 is not encrypted");
    assertThatThrownBy(
            () -> connect("rediss://127.0.0.1:1", TlsSettings.defaults().trusting(Path.of("none"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file of authorities 'none' cannot be read");
    ConnectionSettings sentinel =
        ConnectionSettings.of("redis://127.0.0.1:1")
            .withSentinelCredentials(new Credentials(null, "secret"));
    assertThatThrownBy(() -> provider.connect(sentinel))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no Sentinels")
        .hasMessageNotContaining("secret");
  }
}
