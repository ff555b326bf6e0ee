package io.stowage.adapter.redis.common.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A PEM file; every refusal names the file. */
final class PemFile {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private record Block(String label, String base64) {}

  private final String what;
  private final Path path;
  private final List<Block> blocks = new ArrayList<>();

  /**
   * Reads a file.
   *
   * @param what what it is for, for messages
   * @throws IllegalArgumentException if it cannot be read or is no PEM file
   */
  PemFile(String what, Path path) {
    this.what = what;
    this.path = path;
    String text;
    try {
      text = Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw refused("cannot be read: " + e, e);
    }
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    if (blocks.isEmpty()) {
      throw refused("is no PEM file", null);
    }
  }

  /** All certificates, in the order of the file; at least one. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks) {
        if (block.label().equals("CERTIFICATE")) {
          byte[] der = bytes(block);
          certificates.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
      }
    } catch (CertificateException e) {
      throw refused("holds a certificate that cannot be read: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw refused("holds no certificate", null);
    }
    return certificates;
  }

  /** The private key. */
  PrivateKey key() {
    for (Block block : blocks) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return key(bytes(block));
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw refused("holds a key with a password; allowed is PKCS#8 without one", null);
        case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
            throw refused(
                "holds a key as '"
                    + block.label()
                    + "'; allowed is PKCS#8, to which 'openssl pkcs8 -topk8 -nocrypt' converts it",
                null);
        default -> {}
      }
    }
    throw refused("holds no private key", null);
  }

  private PrivateKey key(byte[] der) {
    InvalidKeySpecException last = null;
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        last = e;
      } catch (NoSuchAlgorithmException e) {
        throw refused("cannot be read by this JDK: " + e.getMessage(), e);
      }
    }
    throw refused("holds a key that is none of " + KEY_ALGORITHMS, last);
  }

  private byte[] bytes(Block block) {
    try {
      return Base64.getMimeDecoder().decode(block.base64());
    } catch (IllegalArgumentException e) {
      throw refused("holds a damaged " + block.label() + ": " + e.getMessage(), e);
    }
  }

  IllegalArgumentException unusable(GeneralSecurityException e) {
    return refused("cannot be used: " + e.getMessage(), e);
  }

  private IllegalArgumentException refused(String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(what + " '" + path + "' " + why, cause);
  }
}
