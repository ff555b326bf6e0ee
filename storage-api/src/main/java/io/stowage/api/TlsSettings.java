package io.stowage.api;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a connection is encrypted and who trusts whom. Used by the URI schemes that end in {@code s}
 * before the colon, such as {@code rediss}. The server's certificate must be issued for the host to
 * which the connection goes; that is always verified.
 *
 * @param authorities a PEM file with the certificates of the authorities that are trusted; empty
 *     for those of the JDK
 * @param certificate a PEM file with this client's certificate and its chain; empty for none
 * @param key a PEM file with the private key of the certificate, PKCS#8 without a password
 */
public record TlsSettings(
    Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {

  private static final TlsSettings DEFAULTS =
      new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty());

  public TlsSettings {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          (certificate.isPresent() ? "certificate" : "key")
              + " is given without "
              + (certificate.isPresent() ? "key" : "certificate")
              + "; allowed are both or none");
    }
  }

  /** The authorities of the JDK are trusted; this client shows no certificate. */
  public static TlsSettings defaults() {
    return DEFAULTS;
  }

  /** The same, but these authorities are trusted, and no others. */
  public TlsSettings trusting(Path pemFile) {
    return new TlsSettings(Optional.of(pemFile), certificate, key);
  }

  /** The same, but this client shows a certificate. */
  public TlsSettings presenting(Path certificatePemFile, Path keyPemFile) {
    return new TlsSettings(authorities, Optional.of(certificatePemFile), Optional.of(keyPemFile));
  }
}
