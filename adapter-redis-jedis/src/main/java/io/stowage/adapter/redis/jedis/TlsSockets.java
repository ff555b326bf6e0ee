package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Puts TLS over sockets; the server's certificate must be issued for its host. */
final class TlsSockets {

  private final SSLSocketFactory factory;

  TlsSockets(TlsKeys keys) {
    this.factory = keys.context().getSocketFactory();
  }

  /** Shakes hands over a connected socket, which is closed with the one that is answered. */
  Socket wrap(Socket plain, ServerAddress address) throws IOException {
    SSLSocket socket =
        (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
