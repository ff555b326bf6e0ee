package io.stowage.adapter.redis.common.tls;

import io.stowage.api.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a client trusts, and with what it shows who it is.
 *
 * @param trust the authorities; empty for those of the JDK
 * @param identity the certificate and its key; empty for none
 */
public record TlsKeys(Optional<TrustManagerFactory> trust, Optional<KeyManagerFactory> identity) {

  private static final char[] NO_PASSWORD = new char[0];

  /**
   * Reads the files that the settings name.
   *
   * @throws IllegalArgumentException if one cannot be read, or does not hold what it should; the
   *     message names the file
   */
  public static TlsKeys read(TlsSettings settings) {
    Optional<TrustManagerFactory> trust =
        settings.authorities().map(path -> trust(new PemFile("file of authorities", path)));
    Optional<KeyManagerFactory> identity =
        settings
            .certificate()
            .map(
                path ->
                    identity(
                        new PemFile("certificate file", path),
                        new PemFile("key file", settings.key().orElseThrow())));
    return new TlsKeys(trust, identity);
  }

  private static TrustManagerFactory trust(PemFile file) {
    try {
      KeyStore store = emptyStore();
      List<X509Certificate> authorities = file.certificates();
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException e) {
      throw file.unusable(e);
    }
  }

  private static KeyManagerFactory identity(PemFile certificates, PemFile keyFile) {
    PrivateKey key = keyFile.key();
    X509Certificate[] chain = certificates.certificates().toArray(X509Certificate[]::new);
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry("client", key, NO_PASSWORD, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory;
    } catch (GeneralSecurityException e) {
      throw keyFile.unusable(e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return store;
  }

  /** A context of the JDK with these keys. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity.map(KeyManagerFactory::getKeyManagers).orElse(null),
          trust.map(TrustManagerFactory::getTrustManagers).orElse(null),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS: " + e.getMessage(), e);
    }
  }
}
