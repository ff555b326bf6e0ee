package io.stowage.adapter.redis.common.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.TlsSettings;
import io.stowage.embedded.redis.TlsMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsKeysTest {

  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("it.pem"), text);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
  }

  @Test
  void readsAuthoritiesAndTheClientsCertificate() {
    try (TlsMaterial material = TlsMaterial.generate()) {
      TlsKeys keys =
          TlsKeys.read(
              TlsSettings.defaults()
                  .trusting(material.authority())
                  .presenting(material.clientCertificate(), material.clientKey()));
      assertThat(keys.trust()).isPresent();
      assertThat(keys.identity()).isPresent();
      assertThat(keys.context().getProtocol()).isEqualTo("TLS");
    }
  }

  @Test
  void authoritiesOfTheJdkAreTrustedByDefault() {
    TlsKeys keys = TlsKeys.read(TlsSettings.defaults());
    assertThat(keys.trust()).isEmpty();
    assertThat(keys.identity()).isEmpty();
    assertThat(keys.context()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsKeysOfEveryKind(String algorithm) throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    Path file = file("Bag Attributes\n" + pem("PRIVATE KEY", key.getEncoded()));
    assertThat(new PemFile("key file", file).key().getEncoded()).isEqualTo(key.getEncoded());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RSA PRIVATE KEY       | openssl pkcs8 -topk8 -nocrypt",
        "EC PRIVATE KEY        | allowed is PKCS#8",
        "ENCRYPTED PRIVATE KEY | a key with a password",
        "CERTIFICATE           | holds no private key",
        "PRIVATE KEY           | none of [RSA, EC, EdDSA]"
      })
  void refusesOtherKeysAndSaysWhy(String label, String why) throws IOException {
    Path file = file(pem(label, new byte[] {1, 2, 3}));
    assertThatThrownBy(() -> new PemFile("key file", file).key())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key file '" + file + "'")
        .hasMessageContaining(why);
  }

  @Test
  void refusesFilesThatAreNotThereOrHoldSomethingElse() throws IOException {
    Path missing = directory.resolve("missing.pem");
    assertThatThrownBy(() -> TlsKeys.read(TlsSettings.defaults().trusting(missing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file of authorities '" + missing + "' cannot be read");
    Path text = file("no PEM");
    assertThatThrownBy(() -> TlsKeys.read(TlsSettings.defaults().trusting(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file of authorities '" + text + "' is no PEM file");
    Path key = file(pem("PRIVATE KEY", new byte[] {1}));
    assertThatThrownBy(() -> TlsKeys.read(TlsSettings.defaults().trusting(key)))
        .hasMessageContaining("holds no certificate");
    Path damaged = file(pem("CERTIFICATE", new byte[] {1}));
    assertThatThrownBy(() -> TlsKeys.read(TlsSettings.defaults().trusting(damaged)))
        .hasMessageContaining("a certificate that cannot be read");
  }
}
