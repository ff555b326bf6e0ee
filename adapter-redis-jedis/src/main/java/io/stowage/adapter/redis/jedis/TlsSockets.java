package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Puts TLS over sockets; the server's certificate must be issued for its host. */
final class TlsSockets {

  /** The server answers one line, also to who has not logged in. */
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

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
    try {
      socket.startHandshake();
      bringOutVerdict(socket);
    } catch (SocketException e) {
      throw new SSLException(
          "the server ended the handshake of TLS ("
              + e.getMessage()
              + "); it may not accept this client's certificate",
          e);
    }
    return socket;
  }

  /**
   * In TLS 1.3 the server judges this side's certificate when the handshake is over for this side.
   * One exchange brings its verdict out, mostly: if the server has closed the connection before
   * this side is done, a broken pipe is all that the JDK lets see.
   */
  private static void bringOutVerdict(SSLSocket socket) throws IOException {
    IOException unsent = null;
    try {
      socket.getOutputStream().write(PING);
    } catch (IOException e) {
      unsent = e;
    }
    try {
      readLine(socket.getInputStream());
    } catch (IOException e) {
      if (unsent != null) {
        e.addSuppressed(unsent);
      }
      throw e;
    }
  }

  private static void readLine(InputStream in) throws IOException {
    int read;
    do {
      read = in.read();
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
    } while (read != '\n');
  }
}
