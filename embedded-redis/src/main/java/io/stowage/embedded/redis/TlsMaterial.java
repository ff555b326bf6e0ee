package io.stowage.embedded.redis;

import io.stowage.embedded.redis.CertificateIssuer.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Throwaway certificates and keys as PEM files: of an authority, of a server on {@code localhost}
 * and {@code 127.0.0.1}, of a client, and, for tests of what must be refused, of a client and a
 * server that another authority vouches for and of a server with another host name. Valid for 30
 * days, keys are PKCS#8 and not encrypted. Immutable and safe for use by many threads.
 *
 * <p>The files must be there as long as a server that uses them may be started again.
 */
public final class TlsMaterial implements AutoCloseable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Path directory;
  private final @Nullable DataDirectory scratch;
  private final String server;
  private final String trusted;
  private final SSLContext sslContext;

  private TlsMaterial(
      Path directory,
      @Nullable DataDirectory scratch,
      String server,
      String trusted,
      SSLContext sslContext) {
    this.directory = directory;
    this.scratch = scratch;
    this.server = server;
    this.trusted = trusted;
    this.sslContext = sslContext;
  }

  /** New files in a temporary directory, which {@link #close} deletes. */
  public static TlsMaterial generate() {
    DataDirectory scratch = DataDirectory.scratch();
    boolean generated = false;
    try {
      TlsMaterial material = generate(scratch.path(), scratch);
      generated = true;
      return material;
    } finally {
      if (!generated) {
        scratch.close();
      }
    }
  }

  /**
   * New files in a directory that exists, which {@link #close} keeps. Files of an earlier call are
   * replaced.
   */
  public static TlsMaterial generate(Path directory) {
    return generate(directory.toAbsolutePath().normalize(), null);
  }

  private static TlsMaterial generate(Path directory, @Nullable DataDirectory scratch) {
    try {
      CertificateIssuer authority = new CertificateIssuer("Stowage throwaway authority");
      CertificateIssuer other = new CertificateIssuer("Another throwaway authority");
      List<byte[]> here =
          List.of(CertificateIssuer.dns("localhost"), CertificateIssuer.ip(LOOPBACK));
      Identity client = authority.client("client");
      write(directory, "ca", authority.certificate());
      write(directory, "other-ca", other.certificate());
      Files.writeString(
          directory.resolve("both-ca.pem"),
          Files.readString(directory.resolve("ca.pem"))
              + Files.readString(directory.resolve("other-ca.pem")));
      write(directory, "server", authority.server("localhost", here));
      write(directory, "client", client);
      write(
          directory,
          "elsewhere",
          authority.server(
              "elsewhere.invalid", List.of(CertificateIssuer.dns("elsewhere.invalid"))));
      write(directory, "other-client", other.client("client of another authority"));
      write(directory, "other-server", other.server("localhost", here));
      return new TlsMaterial(directory, scratch, "server", "ca", context(client, authority, other));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has elliptic curves and X.509", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write certificates to " + directory, e);
    }
  }

  private static void write(Path directory, String name, Identity identity)
      throws GeneralSecurityException, IOException {
    write(directory, name, identity.certificate());
    Path file = directory.resolve(name + "-key.pem");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, pem("PRIVATE KEY", identity.key().getEncoded()));
  }

  private static void write(Path directory, String name, Certificate certificate)
      throws GeneralSecurityException, IOException {
    Files.writeString(
        directory.resolve(name + ".pem"), pem("CERTIFICATE", certificate.getEncoded()));
  }

  private static String pem(String label, byte[] content) {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, lineEnd).encodeToString(content), label);
  }

  private static SSLContext context(
      Identity client, CertificateIssuer authority, CertificateIssuer other)
      throws GeneralSecurityException, IOException {
    char[] password = "in memory".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setCertificateEntry("ca", authority.certificate());
    store.setCertificateEntry("other-ca", other.certificate());
    store.setKeyEntry("client", client.key(), password, new Certificate[] {client.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /**
   * The same material, but servers show a certificate of {@code elsewhere.invalid}: a client that
   * checks host names must refuse it.
   */
  public TlsMaterial withWrongHostName() {
    return new TlsMaterial(directory, null, "elsewhere", "ca", sslContext);
  }

  /**
   * The same material, but servers show a certificate that another authority has signed, for the
   * right host: a client that trusts {@link #authority} must refuse it.
   */
  public TlsMaterial withForeignServer() {
    return new TlsMaterial(directory, null, "other-server", "both-ca", sslContext);
  }

  /** Where the files are. */
  public Path directory() {
    return directory;
  }

  /** The certificate of the authority, which clients trust: {@code ca.pem}. */
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  /** The certificate that servers show. */
  public Path serverCertificate() {
    return directory.resolve(server + ".pem");
  }

  /** The private key of {@link #serverCertificate}. */
  public Path serverKey() {
    return directory.resolve(server + "-key.pem");
  }

  /** The certificate of a client: {@code client.pem}. */
  public Path clientCertificate() {
    return directory.resolve("client.pem");
  }

  /** The private key of {@link #clientCertificate}: {@code client-key.pem}. */
  public Path clientKey() {
    return directory.resolve("client-key.pem");
  }

  /** The certificate of an authority that nobody here trusts: {@code other-ca.pem}. */
  public Path otherAuthority() {
    return directory.resolve("other-ca.pem");
  }

  /** The certificate of a client that {@link #otherAuthority} has signed. */
  public Path otherClientCertificate() {
    return directory.resolve("other-client.pem");
  }

  /** The private key of {@link #otherClientCertificate}. */
  public Path otherClientKey() {
    return directory.resolve("other-client-key.pem");
  }

  /** What the servers themselves trust each other and clients by. */
  Path serverTrust() {
    return directory.resolve(trusted + ".pem");
  }

  /** Trusts any server of this material and shows the client's certificate. */
  SSLContext sslContext() {
    return sslContext;
  }

  /** Deletes the files if they are in a temporary directory of their own. */
  @Override
  public void close() {
    if (scratch != null) {
      scratch.close();
    }
  }

  @Override
  public String toString() {
    return "TlsMaterial[" + serverCertificate() + "]";
  }
}
