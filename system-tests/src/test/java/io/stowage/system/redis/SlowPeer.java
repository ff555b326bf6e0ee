package io.stowage.system.redis;

import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.testkit.fault.FaultProxy;
import io.stowage.testkit.fault.Framing;
import io.stowage.testkit.fault.Link;
import io.stowage.testkit.fault.LinkHooks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that, once it is told to, answers each byte of its answers alone and late. */
final class SlowPeer implements AutoCloseable {

  private final FaultProxy proxy;
  private final Duration betweenBytes;
  private volatile boolean drips;

  private SlowPeer(EmbeddedRedis server, Duration betweenBytes) throws IOException {
    this.betweenBytes = betweenBytes;
    this.proxy =
        FaultProxy.start(
            List.of(new InetSocketAddress(server.host(), server.port())),
            Framing.asTheyCome(),
            new Drops());
  }

  static SlowPeer before(EmbeddedRedis server, Duration betweenBytes) throws IOException {
    return new SlowPeer(server, betweenBytes);
  }

  void drip() {
    drips = true;
  }

  /** The URI of the server with this place instead of its own. */
  String uri(EmbeddedRedis server) {
    int port = proxy.addresses().get(0).getPort();
    return server.uri().replace(":" + server.port(), ":" + port);
  }

  @Override
  public void close() {
    proxy.close();
  }

  private final class Drops implements LinkHooks {

    @Override
    public void onReply(Link link, byte[] frame) throws IOException, InterruptedException {
      if (!drips) {
        link.toClient(frame);
        return;
      }
      for (byte one : frame) {
        TimeUnit.NANOSECONDS.sleep(betweenBytes.toNanos());
        link.toClient(new byte[] {one});
      }
    }
  }
}
