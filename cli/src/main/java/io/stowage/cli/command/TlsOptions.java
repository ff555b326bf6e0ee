package io.stowage.cli.command;

import io.stowage.api.TlsSettings;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that say whom an encrypted connection trusts, and what it shows. */
final class TlsOptions {

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description =
          "PEM file with the authorities that are trusted for a rediss URI; by default those of"
              + " the JDK.")
  private @Nullable Path authorities;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "PEM file with this client's certificate and its chain.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM file with the certificate's private key, PKCS#8 without a password.")
  private @Nullable Path key;

  TlsOptions() {}

  /**
   * The settings for a URI.
   *
   * @throws CommandFailure if an option is given that the URI makes no use of, one is given without
   *     the other, or a file cannot be read
   */
  TlsSettings settings(String uri, Environment environment) {
    boolean isGiven = authorities != null || certificate != null || key != null;
    if (isGiven && !isEncrypted(uri)) {
      throw CommandFailure.wrongUsage(
          "--tls-ca, --tls-cert and --tls-key need a URI that begins with rediss://,"
              + " rediss-sentinel:// or rediss-cluster://");
    }
    TlsSettings settings = TlsSettings.defaults();
    if (authorities != null) {
      settings = settings.trusting(readable("--tls-ca", authorities, environment));
    }
    if (certificate != null && key != null) {
      return settings.presenting(
          readable("--tls-cert", certificate, environment),
          readable("--tls-key", key, environment));
    }
    if (certificate != null || key != null) {
      throw CommandFailure.wrongUsage(
          certificate != null
              ? "--tls-cert is given without --tls-key"
              : "--tls-key is given without --tls-cert");
    }
    return settings;
  }

  private static boolean isEncrypted(String uri) {
    return uri.toLowerCase(Locale.ROOT).startsWith("rediss");
  }

  private static Path readable(String option, Path file, Environment environment) {
    Path path = environment.directory().resolve(file);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw CommandFailure.failed("the file of " + option + " cannot be read: " + path);
    }
    return path;
  }
}
