package io.stowage.embedded.redis;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority for tests. It writes certificates by itself, because the JDK can read
 * them but has no public way to make one.
 */
final class CertificateIssuer {

  private static final Duration LIFE = Duration.ofDays(30);

  /** The clocks of two machines may differ. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAME = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
  private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  CertificateIssuer(String name) throws GeneralSecurityException {
    this.name = name;
    this.keys = newKeys();
    this.certificate =
        sign(
            name,
            keys.getPublic(),
            List.of(
                critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes())),
                critical(KEY_USAGE, Der.bits(1, new byte[] {0x06}))));
  }

  /** A certificate and its private key. */
  record Identity(X509Certificate certificate, PrivateKey key) {}

  /** The authority's own certificate. */
  X509Certificate certificate() {
    return certificate;
  }

  /**
   * For a server, which connects to other servers too.
   *
   * @param hosts the names and addresses that it is valid for, as {@link #dns} and {@link #ip} give
   */
  Identity server(String subject, List<byte[]> hosts) throws GeneralSecurityException {
    return leaf(
        subject,
        List.of(
            extension(
                EXTENDED_KEY_USAGE,
                Der.sequence(Der.identifier(FOR_SERVERS), Der.identifier(FOR_CLIENTS))),
            extension(ALTERNATIVE_NAME, Der.sequence(hosts.toArray(byte[][]::new)))));
  }

  /** For a client. */
  Identity client(String subject) throws GeneralSecurityException {
    return leaf(
        subject, List.of(extension(EXTENDED_KEY_USAGE, Der.sequence(Der.identifier(FOR_CLIENTS)))));
  }

  static byte[] dns(String host) {
    return Der.value(0x82, host.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] ip(byte[] address) {
    return Der.value(0x87, address);
  }

  private Identity leaf(String subject, List<byte[]> special) throws GeneralSecurityException {
    KeyPair own = newKeys();
    List<byte[]> extensions = new ArrayList<>(special);
    extensions.add(critical(BASIC_CONSTRAINTS, Der.sequence()));
    extensions.add(critical(KEY_USAGE, Der.bits(7, new byte[] {(byte) 0x80})));
    return new Identity(sign(subject, own.getPublic(), extensions), own.getPrivate());
  }

  private X509Certificate sign(String subject, PublicKey key, List<byte[]> special)
      throws GeneralSecurityException {
    List<byte[]> extensions = new ArrayList<>(special);
    extensions.add(extension(SUBJECT_KEY, Der.octets(keyIdentifier(key))));
    extensions.add(
        extension(AUTHORITY_KEY, Der.sequence(Der.value(0x80, keyIdentifier(keys.getPublic())))));
    Instant now = Instant.now();
    byte[] content =
        Der.sequence(
            Der.value(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(120, RANDOM).add(BigInteger.ONE)),
            ECDSA_WITH_SHA256,
            distinguished(name),
            Der.sequence(Der.time(now.minus(BACKDATED)), Der.time(now.plus(LIFE))),
            distinguished(subject),
            key.getEncoded(),
            Der.value(0xa3, Der.sequence(extensions.toArray(byte[][]::new))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(content);
    byte[] encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
  }

  private static byte[] distinguished(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.identifier(COMMON_NAME), Der.text(commonName))));
  }

  private static byte[] extension(String identifier, byte[] content) {
    return Der.sequence(Der.identifier(identifier), Der.octets(content));
  }

  private static byte[] critical(String identifier, byte[] content) {
    return Der.sequence(Der.identifier(identifier), Der.yes(), Der.octets(content));
  }
}
