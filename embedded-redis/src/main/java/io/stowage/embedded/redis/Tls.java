package io.stowage.embedded.redis;

import java.nio.file.Path;
import java.util.List;

/** How a server encrypts, and whom it lets connect. */
record Tls(TlsMaterial material, ClientCertificate clientCertificate) {

  /** Whether a client must show a certificate. */
  enum ClientCertificate {
    NOT_ASKED("no"),
    REQUIRED("yes");

    private final String value;

    ClientCertificate(String value) {
      this.value = value;
    }
  }

  /** The lines of redis.conf, the port's excepted. */
  List<String> lines() {
    return List.of(
        line("tls-cert-file", material.serverCertificate()),
        line("tls-key-file", material.serverKey()),
        line("tls-ca-cert-file", material.serverTrust()),
        "tls-auth-clients " + clientCertificate.value,
        "tls-replication yes",
        "tls-cluster yes");
  }

  private static String line(String name, Path file) {
    return name + " " + ConfigText.quote(file.toString());
  }
}
