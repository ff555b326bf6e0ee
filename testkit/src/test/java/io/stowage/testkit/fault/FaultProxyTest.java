package io.stowage.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FaultProxyTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final LinkHooks PASS = new LinkHooks() {};

  private LineServer server;
  private LineServer other;

  @BeforeEach
  void start() throws IOException {
    server = new LineServer();
    other = new LineServer();
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  /** A client that sends lines and reads them. */
  private static final class Client implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader lines;

    Client(InetSocketAddress address) throws IOException {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setSoTimeout((int) LIMIT.toMillis());
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    void send(String... texts) throws IOException {
      for (String text : texts) {
        socket.getOutputStream().write(LineServer.line(text));
      }
    }

    /** The next line; null when there are no more. */
    @Nullable String read() throws IOException {
      try {
        return lines.readLine();
      } catch (SocketException reset) {
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static byte @Nullable [] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      line.write(octet);
      if (octet == '\n') {
        return line.toByteArray();
      }
    }
    if (line.size() > 0) {
      throw new EOFException();
    }
    return null;
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.US_ASCII).strip();
  }

  private FaultProxy lines(LinkHooks hooks) throws IOException {
    return FaultProxy.start(
        List.of(server.address(), other.address()), FaultProxyTest::line, hooks);
  }

  @Test
  void standsBeforeEachServerWithAnAddressOfItsOwn() throws IOException {
    List<InetSocketAddress> servers = List.of(server.address(), other.address());
    try (FaultProxy proxy = FaultProxy.start(servers, Framing.asTheyCome(), PASS);
        Client one = new Client(proxy.addressFor(server.address()));
        Client two = new Client(proxy.addresses().get(1))) {
      assertThat(proxy.addresses())
          .hasSize(2)
          .doesNotContainAnyElementsOf(servers)
          .element(0)
          .isEqualTo(proxy.addressFor(server.address()));
      one.send("a", "b");
      two.send("c");
      assertThat(one.read()).isEqualTo("A");
      assertThat(one.read()).isEqualTo("B");
      assertThat(two.read()).isEqualTo("C");
      assertThat(server.heard()).containsExactly("a", "b");
      assertThat(other.heard()).containsExactly("c");
      assertThat(proxy.links())
          .extracting(Link::server)
          .containsExactlyInAnyOrderElementsOf(servers);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> proxy.addressFor(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
    }
  }

  @Test
  void hooksSeeFramesInTheOrderOfTheWireAndRewriteThem() throws IOException {
    List<String> seen = new CopyOnWriteArrayList<>();
    LinkHooks hooks =
        new LinkHooks() {
          @Override
          public void onOpen(Link link) {
            seen.add("open");
          }

          @Override
          public void onRequest(Link link, byte[] frame) throws IOException {
            seen.add(text(frame));
            if (text(frame).equals("not on")) {
              link.toClient(LineServer.line("from the proxy"));
            } else {
              link.toServer(LineServer.line(text(frame) + "!"));
            }
          }

          @Override
          public void onReply(Link link, byte[] frame) throws IOException {
            seen.add(text(frame));
            link.toClient(LineServer.line("<" + text(frame) + ">"));
          }
        };
    try (FaultProxy proxy = lines(hooks);
        Client client = new Client(proxy.addresses().get(0))) {
      client.send("a");
      assertThat(client.read()).isEqualTo("<A!>");
      client.send("not on");
      assertThat(client.read()).isEqualTo("from the proxy");
      client.send("b");
      assertThat(client.read()).isEqualTo("<B!>");
      assertThat(seen).containsExactly("open", "a", "A!", "not on", "b", "B!");
      assertThat(server.heard()).containsExactly("a!", "b!");
    }
  }

  @Test
  void aHookHoldsBackWhatFollows() throws IOException {
    CountDownLatch held = new CountDownLatch(1);
    LinkHooks hooks =
        new LinkHooks() {
          @Override
          public void onReply(Link link, byte[] frame) throws IOException, InterruptedException {
            held.await();
            link.toClient(frame);
          }
        };
    try (FaultProxy proxy = lines(hooks);
        Client client = new Client(proxy.addresses().get(0))) {
      client.send("a", "b");
      await().atMost(LIMIT).until(() -> server.heard().size() == 2);
      client.socket.setSoTimeout(50);
      assertThatCode(client::read).isInstanceOf(SocketTimeoutException.class);
      client.socket.setSoTimeout((int) LIMIT.toMillis());
      held.countDown();
      assertThat(client.read()).isEqualTo("A");
      assertThat(client.read()).isEqualTo("B");
    }
  }

  @Test
  void aConnectionThatIsCutEndsForTheClientAndIsReadToItsEnd() throws IOException {
    List<String> replies = new CopyOnWriteArrayList<>();
    LinkHooks hooks =
        new LinkHooks() {
          @Override
          public void onRequest(Link link, byte[] frame) throws IOException {
            if (text(frame).equals("last")) {
              link.cutAfter(frame);
            } else {
              link.toServer(frame);
            }
          }

          @Override
          public void onReply(Link link, byte[] frame) throws IOException {
            replies.add(text(frame));
            link.toClient(frame);
          }
        };
    try (FaultProxy proxy = lines(hooks);
        Client client = new Client(proxy.addresses().get(0))) {
      client.send("a");
      assertThat(client.read()).isEqualTo("A");
      client.send("last", "too late");
      assertThat(client.read()).isNull();
      await().atMost(LIMIT).until(() -> proxy.links().isEmpty());
      await().atMost(LIMIT).until(() -> server.heard().contains(LineServer.END));
      assertThat(server.heard()).containsExactly("a", "last", LineServer.END);
      assertThat(replies).containsExactly("A", "LAST");
    }
  }

  @Test
  void anEndOfEitherSideIsOneForTheOther() throws IOException {
    try (FaultProxy proxy = lines(PASS)) {
      try (Client client = new Client(proxy.addresses().get(0))) {
        client.send("a");
        assertThat(client.read()).isEqualTo("A");
        server.hangUp();
        assertThat(client.read()).isNull();
      }
      try (Client client = new Client(proxy.addresses().get(1))) {
        client.send("a");
        assertThat(client.read()).isEqualTo("A");
      }
      try (Client client = new Client(proxy.addresses().get(1))) {
        client.send("b");
        assertThat(client.read()).isEqualTo("B");
        proxy.links().forEach(Link::cut);
        assertThat(client.read()).isNull();
      }
      await()
          .atMost(LIMIT)
          .until(() -> other.heard().stream().filter(LineServer.END::equals).count() == 2);
      await().atMost(LIMIT).until(() -> proxy.links().isEmpty());
    }
  }

  @Test
  void aFrameThatIsCutIsAnEndAndNoFailure() throws IOException {
    try (FaultProxy proxy = lines(PASS)) {
      try (Client client = new Client(proxy.addresses().get(0))) {
        client.socket.getOutputStream().write('a');
      }
      await().atMost(LIMIT).until(() -> server.heard().contains(LineServer.END));
      assertThat(server.heard()).containsExactly(LineServer.END);
    }
  }

  @Test
  void aServerThatIsDownIsAnEnd() throws IOException {
    InetSocketAddress nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), closed.getLocalPort());
    }
    try (FaultProxy proxy = FaultProxy.start(List.of(nobody), Framing.asTheyCome(), PASS);
        Client client = new Client(proxy.addresses().get(0))) {
      assertThat(client.read()).isNull();
    }
  }

  @Test
  void closeEndsAllThatWasOpened() throws IOException {
    FaultProxy proxy =
        lines(
            new LinkHooks() {
              @Override
              public void onReply(Link link, byte[] frame) throws InterruptedException {
                new CountDownLatch(1).await();
              }
            });
    InetSocketAddress address = proxy.addresses().get(0);
    try (Client idle = new Client(address);
        Client waiting = new Client(address)) {
      waiting.send("a");
      await().atMost(LIMIT).until(() -> server.heard().contains("a"));

      proxy.close();
      proxy.close();

      assertThat(idle.read()).isNull();
      assertThat(waiting.read()).isNull();
      assertThat(proxy.links()).isEmpty();
      assertThatCode(() -> new Client(address)).isInstanceOf(ConnectException.class);
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("fault-proxy"));
    }
  }

  @Test
  void aHookThatFailsFailsTheProxy() throws IOException {
    AssertionError failure = new AssertionError("a hook's");
    FaultProxy proxy =
        lines(
            new LinkHooks() {
              @Override
              public void onRequest(Link link, byte[] frame) {
                throw failure;
              }
            });
    try (Client client = new Client(proxy.addresses().get(0))) {
      client.send("a");
      assertThat(client.read()).as("nobody waits for what cannot come").isNull();
    }
    assertThatIllegalStateException()
        .isThrownBy(proxy::close)
        .withCause(failure)
        .withMessageContaining("a hook's");
    assertThatCode(proxy::close).doesNotThrowAnyException();
  }

  @Test
  void garbageFailsTheProxy() throws IOException {
    IOException garbage = new IOException("no frame");
    FaultProxy proxy =
        FaultProxy.start(
            List.of(server.address()),
            in -> {
              if (in.read() >= 0) {
                throw garbage;
              }
              return null;
            },
            PASS);
    try (Client client = new Client(proxy.addresses().get(0))) {
      client.send("a");
      assertThat(client.read()).isNull();
    }
    assertThatIllegalStateException().isThrownBy(proxy::close).withCause(garbage);
  }
}
