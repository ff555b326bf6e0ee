package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
@Tag("server")
class TlsTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Longer than any pause of a busy machine: all failovers are those that a test orders. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final String ALL = "io.stowage.embedded.redis.TestBinaries#all";

  @TempDir Path directory;

  private static String ping(EmbeddedRedis redis, TlsMaterial material) throws Exception {
    return TestTls.ping("127.0.0.1", redis.port(), material.authority(), null, null);
  }

  @Test
  void certificatesAreWhatTheyAreCalled() throws Exception {
    TlsMaterial material = TlsMaterial.generate(directory);
    X509Certificate authority = TestTls.certificate(material.authority());
    X509Certificate other = TestTls.certificate(material.otherAuthority());
    X509Certificate server = TestTls.certificate(material.serverCertificate());
    X509Certificate client = TestTls.certificate(material.clientCertificate());
    assertThat(authority.getBasicConstraints()).isGreaterThanOrEqualTo(0);
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    for (X509Certificate certificate : List.of(authority, server, client)) {
      certificate.checkValidity();
      certificate.verify(authority.getPublicKey());
    }
    assertThatExceptionOfType(SignatureException.class)
        .isThrownBy(() -> server.verify(other.getPublicKey()));
    TestTls.certificate(material.otherClientCertificate()).verify(other.getPublicKey());
    TestTls.certificate(material.withForeignServer().serverCertificate())
        .verify(other.getPublicKey());
    assertThat(server.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactlyInAnyOrder("localhost", "127.0.0.1");
    for (Path key :
        List.of(material.serverKey(), material.clientKey(), material.otherClientKey())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
      assertThat(key).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
    }
    material.close();
    assertThat(material.authority()).as("a given directory is kept").exists();
    TlsMaterial scratch = TlsMaterial.generate();
    assertThat(scratch.authority()).exists();
    scratch.close();
    assertThat(scratch.directory()).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void serverShowsItsCertificateAndAsksForNone(RedisBinary binary) throws Exception {
    TlsMaterial material = TlsMaterial.generate(directory);
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(binary).tls(material).start()) {
      assertThat(redis.uri()).isEqualTo("rediss://127.0.0.1:" + redis.port());
      for (String host : List.of("127.0.0.1", "localhost")) {
        assertThat(TestTls.ping(host, redis.port(), material.authority(), null, null))
            .isEqualTo("+PONG");
      }
      assertThatExceptionOfType(SSLHandshakeException.class)
          .as("a client that trusts another authority")
          .isThrownBy(
              () -> TestTls.ping("127.0.0.1", redis.port(), material.otherAuthority(), null, null));
      assertThatExceptionOfType(IOException.class)
          .as("plain text")
          .isThrownBy(
              () ->
                  RespConnection.open(
                          new Endpoint(Loopback.at(redis.port()), null, null),
                          Duration.ofSeconds(5))
                      .ask("PING"));
      redis.restart();
      assertThat(ping(redis, material)).isEqualTo("+PONG");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void mutualTlsLetsInOnlyWhoHasACertificate(RedisBinary binary) throws Exception {
    TlsMaterial material = TlsMaterial.generate(directory);
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(binary).mutualTls(material).start()) {
      assertThat(
              TestTls.ping(
                  "127.0.0.1",
                  redis.port(),
                  material.authority(),
                  material.clientCertificate(),
                  material.clientKey()))
          .isEqualTo("+PONG");
      assertThatExceptionOfType(IOException.class)
          .as("without a certificate")
          .isThrownBy(() -> ping(redis, material));
      assertThatExceptionOfType(IOException.class)
          .as("with one that another authority has signed")
          .isThrownBy(
              () ->
                  TestTls.ping(
                      "127.0.0.1",
                      redis.port(),
                      material.authority(),
                      material.otherClientCertificate(),
                      material.otherClientKey()));
    }
  }

  @Test
  void serversThatMustBeRefusedCanBeStarted() throws Exception {
    TlsMaterial material = TlsMaterial.generate(directory);
    try (EmbeddedRedis elsewhere =
            EmbeddedRedis.builder().tls(material.withWrongHostName()).start();
        EmbeddedRedis foreign =
            EmbeddedRedis.builder().mutualTls(material.withForeignServer()).start()) {
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> ping(elsewhere, material))
          .withMessageContaining("127.0.0.1");
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> ping(foreign, material))
          .withMessageContaining("path");
      assertThat(
              TestTls.ping(
                  "127.0.0.1",
                  foreign.port(),
                  material.otherAuthority(),
                  material.clientCertificate(),
                  material.clientKey()))
          .isEqualTo("+PONG");
    }
  }

  @ParameterizedTest
  @Tag("full")
  @MethodSource(ALL)
  void groupsEncryptAllTheySay(RedisBinary binary) throws Exception {
    TlsMaterial material = TlsMaterial.generate(directory);
    try (EmbeddedRedisCluster cluster =
        EmbeddedRedisCluster.builder()
            .binary(binary)
            .mutualTls(material)
            .user("app", "p w:@/", "~app:*", "+@all")
            .defaultUserOff()
            .nodeTimeout(SILENCE)
            .startupTimeout(LIMIT)
            .start()) {
      assertThat(cluster.uri()).startsWith("rediss-cluster://app:p%20w%3A%40%2F@127.0.0.1:");
      assertThat(cluster.uri("app")).isEqualTo(cluster.uri());
      EmbeddedRedis source = cluster.masterOf("app:{x}");
      EmbeddedRedis target =
          cluster.masters().stream().filter(m -> m != source).findFirst().orElseThrow();
      source.command("SET", "app:{x}1", "1");
      cluster.moveSlot(cluster.slotOf("x"), target);
      assertThat(target.ask("GET", "app:{x}1")).isEqualTo("1");
      cluster.awaitStable(LIMIT);
      EmbeddedRedis replica = cluster.replicaOf(target);
      cluster.failOver(replica);
      assertThat(replica.ask("GET", "app:{x}1")).isEqualTo("1");
      assertThat(replica.ask("CONFIG", "GET", "port")).isEqualTo("port\n0");
    }
    try (EmbeddedSentinel group =
        EmbeddedSentinel.builder()
            .binary(binary)
            .tls(material)
            .password("geh eim")
            .sentinelPassword("s3cret!#")
            .downAfter(SILENCE)
            .startupTimeout(LIMIT)
            .start()) {
      assertThat(group.uri())
          .startsWith("rediss-sentinel://:geh%20eim@127.0.0.1:")
          .endsWith("/mymaster");
      EmbeddedRedis next = group.failOver();
      assertThat(next.ask("SET", "a", "1")).isEqualTo("OK");
      EmbeddedRedis sentinel = group.sentinels().get(0);
      assertThat(sentinel.uri()).isEqualTo("rediss://:s3cret%21%23@127.0.0.1:" + sentinel.port());
      assertThat(ping(sentinel, material)).isEqualTo("-NOAU");
      sentinel.restart();
      group.awaitStable(LIMIT);
    }
    try (EmbeddedReplicaSet set =
        EmbeddedReplicaSet.builder().binary(binary).mutualTls(material).replicas(1).start()) {
      assertThat(set.uri()).startsWith("rediss://127.0.0.1:");
      set.failOver(set.replicas().get(0));
      assertThat(set.master().ask("SET", "a", "1")).isEqualTo("OK");
    }
  }
}
