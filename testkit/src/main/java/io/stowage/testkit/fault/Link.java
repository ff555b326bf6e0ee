package io.stowage.testkit.fault;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client through a {@link FaultProxy} to a server. It lasts until the server
 * has ended its side, even if the client is gone. Safe for use by many threads.
 */
public final class Link {

  private final FaultProxy proxy;
  private final InetSocketAddress address;
  private final Socket client;
  private final Socket server = new Socket();
  private final ReentrantLock toServer = new ReentrantLock();
  private final ReentrantLock toClient = new ReentrantLock();
  private volatile boolean isCut;

  Link(FaultProxy proxy, InetSocketAddress address, Socket client) {
    this.proxy = proxy;
    this.address = address;
    this.client = client;
  }

  private interface Hook {
    void on(byte[] frame) throws IOException, InterruptedException;
  }

  /** Where the server listens. */
  public InetSocketAddress server() {
    return address;
  }

  /**
   * Writes to the server, as a whole, whatever other threads write. Does nothing if the connection
   * was cut or the server is gone.
   */
  public void toServer(byte[] bytes) throws IOException {
    write(bytes, server, toServer);
  }

  /** The same to the client. */
  public void toClient(byte[] bytes) throws IOException {
    write(bytes, client, toClient);
  }

  private void write(byte[] bytes, Socket socket, ReentrantLock lock) throws IOException {
    lock.lock();
    try {
      if (!isCut) {
        socket.getOutputStream().write(bytes);
      }
    } catch (SocketException gone) {
      // What waits to be read from that side, and its end, are still found by the thread that
      // reads.
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the connection for the client at once. The server reads what was written to it before and
   * then an end; what it answers goes to the hooks and nowhere else.
   */
  public void cut() {
    isCut = true;
    close(client);
    endRequests();
  }

  /** Writes to the server and cuts; for certain, the client does not hear what it answers. */
  public void cutAfter(byte[] last) throws IOException {
    close(client);
    toServer(last);
    cut();
  }

  /** Connects, and passes on what the server sends until it ends. */
  void run() throws IOException, InterruptedException {
    try {
      if (connect()) {
        proxy.hooks().onOpen(this);
        proxy.start("requests", this::requests, this::close);
        pump(server, frame -> proxy.hooks().onReply(this, frame));
      }
    } finally {
      close();
    }
  }

  private boolean connect() throws IOException {
    try {
      server.connect(address);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      return true;
    } catch (SocketException refusedOrCut) {
      return false;
    }
  }

  private void requests() throws IOException, InterruptedException {
    try {
      pump(client, frame -> proxy.hooks().onRequest(this, frame));
    } finally {
      endRequests();
    }
  }

  private void pump(Socket from, Hook hook) throws IOException, InterruptedException {
    InputStream in = stream(from);
    byte[] frame = next(in);
    while (frame != null) {
      hook.on(frame);
      frame = isCut && from == client ? null : next(in);
    }
  }

  private static InputStream stream(Socket socket) throws IOException {
    try {
      return new BufferedInputStream(socket.getInputStream(), 1 << 16);
    } catch (SocketException closed) {
      return InputStream.nullInputStream();
    }
  }

  /** A peer may vanish at any time; that is an end like any other. */
  private byte @Nullable [] next(InputStream in) throws IOException {
    try {
      return proxy.framing().next(in);
    } catch (SocketException | EOFException gone) {
      return null;
    }
  }

  private void endRequests() {
    try {
      server.shutdownOutput();
    } catch (IOException notOpen) {
      // Then it needs no end any more.
    }
  }

  /** Ends it on both sides. */
  void close() {
    close(client);
    close(server);
    proxy.ended(this);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException broken) {
      // Then it is as good as closed.
    }
  }
}
