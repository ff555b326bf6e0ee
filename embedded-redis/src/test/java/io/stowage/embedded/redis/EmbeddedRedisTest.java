package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class EmbeddedRedisTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  static Stream<RedisBinary> binaries() {
    return TestBinaries.all();
  }

  private static EmbeddedRedisBuilder with(RedisBinary binary) {
    return EmbeddedRedis.builder().binary(binary);
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void servesWhatItsGettersSay(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis = with(binary).start()) {
      URI uri = URI.create(redis.uri());
      assertThat(uri.toString()).isEqualTo("redis://127.0.0.1:" + redis.port());
      assertThat(redis.host()).isEqualTo("127.0.0.1");
      assertThat(redis.binary()).isSameAs(binary);
      assertThat(redis.isRunning()).isTrue();
      String info = redis.ask("INFO", "server");
      assertThat(info.lines())
          .contains(
              "redis_version:" + redis.version(),
              "process_id:" + redis.pid(),
              "tcp_port:" + redis.port());
      assertThat(redis.ask("CONFIG", "GET", "dir"))
          .isEqualTo("dir\n" + redis.dataDirectory().toRealPath());
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void isPrivateAndKeepsNothingUnlessAsked(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis = with(binary).start()) {
      assertThat(redis.ask("CONFIG", "GET", "bind")).isEqualTo("bind\n127.0.0.1");
      assertThat(redis.ask("CONFIG", "GET", "protected-mode")).isEqualTo("protected-mode\nyes");
      assertThat(redis.ask("CONFIG", "GET", "save")).isEqualTo("save\n");
      assertThat(redis.ask("CONFIG", "GET", "appendonly")).isEqualTo("appendonly\nno");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(redis.dataDirectory())))
          .isEqualTo("rwx------");
      for (InetAddress address : addressesBesidesLoopback()) {
        try (Socket socket = new Socket()) {
          assertThatExceptionOfType(IOException.class)
              .as("%s", address)
              .isThrownBy(
                  () -> socket.connect(new InetSocketAddress(address, redis.port()), 1_000));
        }
      }
    }
  }

  private static List<InetAddress> addressesBesidesLoopback() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void killedServerComesBackOnItsPortWithItsData(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis = with(binary).appendOnly().start()) {
      assertThat(redis.ask("SET", "a", "1")).isEqualTo("OK");
      long first = redis.pid();
      int port = redis.port();

      redis.kill();

      assertThat(redis.isRunning()).isFalse();
      assertThat(ProcessHandle.of(first).map(ProcessHandle::isAlive)).isNotEqualTo(true);
      assertThatIllegalStateException().isThrownBy(redis::pid).withMessageContaining("restart()");
      assertThatIllegalStateException().isThrownBy(redis::freeze);
      assertThatIllegalStateException().isThrownBy(redis::thaw);
      assertThat(redis.dataDirectory()).isDirectory();
      redis.kill();

      redis.restart();

      assertThat(redis.port()).isEqualTo(port);
      assertThat(redis.pid()).isNotEqualTo(first);
      assertThat(redis.ask("GET", "a")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void restartsARunningServerInOrder(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis = with(binary).setting("save", "3600 1000").start()) {
      assertThat(redis.ask("SET", "a", "1")).isEqualTo("OK");
      redis.restart();
      assertThat(redis.ask("GET", "a")).as("saved at the stop").isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void restartWaitsForItsPort(RedisBinary binary) throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (EmbeddedRedis redis = with(binary).start()) {
      redis.kill();
      Future<?> restarted;
      try (ServerSocket squatter = PortChooserTest.listenOn(redis.port())) {
        restarted = executor.submit(redis::restart);
        Path log = redis.dataDirectory().resolve("redis.log");
        await().atMost(LIMIT).until(() -> Files.readString(log).contains("Address already in use"));
        assertThat(squatter.isBound()).isTrue();
      }
      restarted.get();
      assertThat(redis.ask("PING")).isEqualTo("PONG");
    } finally {
      executor.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void frozenServerAnswersOnlyOnceThawed(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis = with(binary).start()) {
      redis.freeze();
      assertThat(redis.isRunning()).isTrue();
      Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", "" + redis.pid()).start();
      assertThat(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .as("is suspended when freeze() returns")
          .startsWith("T");
      try (RespConnection connection =
          RespConnection.open(redis.host(), redis.port(), Duration.ofMillis(300))) {
        assertThatExceptionOfType(SocketTimeoutException.class)
            .isThrownBy(() -> connection.call("PING"));
      }
      redis.thaw();
      assertThat(redis.ask("PING")).isEqualTo("PONG");
      redis.thaw();
      redis.freeze();
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void killsAFrozenServer(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis = with(binary).start()) {
      redis.freeze();
      redis.kill();
      assertThat(redis.isRunning()).isFalse();
      redis.restart();
      assertThat(redis.ask("PING")).isEqualTo("PONG");
    }
  }

  /**
   * A child that saves goes on without its parent, and writes to a directory that is given up. It
   * is a race between processes, so there are several rounds.
   */
  @ParameterizedTest
  @MethodSource("binaries")
  void killEndsTheChildrenOfAServerToo(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis = with(binary).setting("rdb-key-save-delay", "100000000").start()) {
      for (int round = 0; round < 15; round++) {
        assertThat(redis.ask("MSET", "a", "1", "b", "2")).isEqualTo("OK");
        assertThat(redis.ask("BGSAVE")).startsWith("Background saving");
        List<ProcessHandle> children =
            ProcessHandle.of(redis.pid()).orElseThrow().children().toList();
        assertThat(children).hasSize(1);

        redis.kill();

        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(10))
            .atMost(LIMIT)
            .until(() -> children.stream().noneMatch(EmbeddedRedisTest::runs));
        redis.restart();
      }
    }
  }

  /** A process that has ended and that nobody asked for its status has no command any more. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void closeDeletesItsOwnDirectoryAndMayBeRepeated(RedisBinary binary) {
    EmbeddedRedis redis = with(binary).appendOnly().start();
    ProcessHandle server = ProcessHandle.of(redis.pid()).orElseThrow();
    Path data = redis.dataDirectory();

    redis.close();
    redis.close();

    assertThat(server.isAlive()).isFalse();
    assertThat(data).doesNotExist();
    assertThat(redis.isRunning()).isFalse();
    for (Runnable use :
        List.<Runnable>of(redis::pid, redis::kill, redis::freeze, redis::thaw, redis::restart)) {
      assertThatIllegalStateException().isThrownBy(use::run).withMessageContaining("is closed");
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void givenDirectoryOutlivesItsServers(RedisBinary binary) throws Exception {
    Path data = directory.resolve("not yet there").resolve("quoted \" \\ directory é");
    try (EmbeddedRedis redis = with(binary).dataDirectory(data).appendOnly().start()) {
      assertThat(redis.dataDirectory()).isEqualTo(data);
      assertThat(redis.ask("SET", "a", "1")).isEqualTo("OK");
      assertThat(redis.ask("SET", "b", "2")).isEqualTo("OK");
    }
    assertThat(data.resolve("redis.log")).isNotEmptyFile();
    try (EmbeddedRedis redis = with(binary).dataDirectory(data).appendOnly().start()) {
      assertThat(redis.ask("MGET", "a", "b")).isEqualTo("1\n2");
    }
  }

  @Test
  void oneDirectoryHasOneServer() {
    EmbeddedRedisBuilder builder = EmbeddedRedis.builder().dataDirectory(directory);
    try (EmbeddedRedis redis = builder.start()) {
      assertThat(redis.isRunning()).isTrue();
      assertThatExceptionOfType(EmbeddedRedisException.class)
          .isThrownBy(builder::start)
          .withMessageContaining(directory.toString())
          .withMessageContaining("in use");
    }
    try (EmbeddedRedis redis = builder.start()) {
      assertThat(redis.isRunning()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void passwordIsAskedForAndKeptOffTheCommandLine(RedisBinary binary) throws Exception {
    String password = "p@ss: \"w\\ö/rd%";
    try (EmbeddedRedis redis = with(binary).password(password).start()) {
      try (RespConnection connection = RespConnection.open(redis.host(), redis.port())) {
        assertRefused(connection);
        assertThat(connection.call("AUTH", password)).isEqualTo("OK");
        assertThat(connection.call("PING")).isEqualTo("PONG");
      }
      URI uri = URI.create(redis.uri());
      assertThat(uri.getUserInfo()).isEqualTo(":" + password);
      assertThat(uri.getPort()).isEqualTo(redis.port());
      assertThat(redis.toString()).doesNotContain("p@ss").doesNotContain("p%40ss");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(redis.dataDirectory().resolve("redis.conf"))))
          .isEqualTo("rw-------");
      redis.restart();
      try (RespConnection connection = RespConnection.open(redis.host(), redis.port())) {
        assertRefused(connection);
      }
    }
  }

  private static void assertRefused(RespConnection connection) {
    assertThatExceptionOfType(RespException.class)
        .isThrownBy(() -> connection.call("PING"))
        .withMessageStartingWith("NOAUTH");
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void settingsAreHonoured(RedisBinary binary) throws Exception {
    try (EmbeddedRedis redis =
        with(binary)
            .setting("maxmemory", "64mb")
            .setting("Save", "900 7")
            .setting("save", "60 9")
            .start()) {
      assertThat(redis.ask("CONFIG", "GET", "maxmemory")).isEqualTo("maxmemory\n67108864");
      assertThat(redis.ask("CONFIG", "GET", "save")).isEqualTo("save\n900 7 60 9");
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void startFailureShowsTheLog(RedisBinary binary) {
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(() -> with(binary).setting("maxmemory-policy", "no-such-policy").start())
        .withMessageContaining("ended before it served")
        .withMessageContaining("no-such-policy")
        .withMessageContaining(binary.toString());
  }

  @Test
  void startFailureShowsOnlyTheLogOfThatStart() {
    EmbeddedRedisBuilder builder = EmbeddedRedis.builder().dataDirectory(directory);
    builder.start().close();
    assertThat(directory.resolve("redis.log")).content().contains("Ready to accept connections");
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(() -> builder.setting("no-such-setting", "1").start())
        .withMessageContaining("no-such-setting")
        .matches(e -> !String.valueOf(e.getMessage()).contains("Ready to accept connections"));
  }

  @Test
  void serverThatNeverServesIsGivenUpAndKilled() throws Exception {
    Path sleeper = script("echo $$ > begun; mv begun pid; echo not a server; exec sleep 100");
    EmbeddedRedisException failure;
    long millis = 300;
    do { // until there was time for the script to begin
      millis *= 2;
      EmbeddedRedisBuilder builder =
          EmbeddedRedis.builder()
              .binary(RedisBinary.at(sleeper))
              .dataDirectory(directory)
              .startupTimeout(Duration.ofMillis(millis));
      failure = catchThrowableOfType(EmbeddedRedisException.class, builder::start);
      assertThat(failure).hasMessageContaining("within " + millis + " ms");
    } while (!String.valueOf(failure.getMessage()).contains("not a server") && millis < 60_000);
    assertThat(failure).hasMessageContaining("not a server");
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).isNotEqualTo(true);
  }

  @Test
  void deathAtTheStartIsNoticedAtOnce() throws Exception {
    Path crasher = script("echo good bye; exit 3");
    long start = System.nanoTime();
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(
            () ->
                EmbeddedRedis.builder()
                    .binary(RedisBinary.at(crasher))
                    .startupTimeout(Duration.ofMinutes(10))
                    .start())
        .withMessageContaining("good bye");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  private Path script(String body) throws Exception {
    return TestBinaries.script(directory.resolve("server"), body);
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void portThatIsLostToSomebodyElseIsReplaced(RedisBinary binary) throws Exception {
    try (EmbeddedRedis other = with(binary).start();
        ServerSocket squatter = PortChooserTest.listenOn(0)) {
      List<Integer> lost = List.of(squatter.getLocalPort(), other.port());
      Deque<Integer> proposals = new ArrayDeque<>(lost);
      try (EmbeddedRedis redis =
          with(binary)
              .freePorts(() -> proposals.isEmpty() ? PortChooser.choose() : proposals.remove())
              .start()) {
        assertThat(redis.port()).isNotIn(lost);
        assertThat(proposals).isEmpty();
        assertThat(redis.pid()).isNotEqualTo(other.pid());
      }
    }
  }

  @Test
  void portsAreNotTriedForEver() throws Exception {
    try (ServerSocket squatter = PortChooserTest.listenOn(0)) {
      assertThatExceptionOfType(EmbeddedRedisException.class)
          .isThrownBy(() -> EmbeddedRedis.builder().freePorts(squatter::getLocalPort).start())
          .withMessageContaining("ports in use")
          .withStackTraceContaining("Address already in use");
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void fixedPortIsTakenOrRefused(RedisBinary binary) {
    int port;
    try (EmbeddedRedis before = with(binary).start()) {
      port = before.port(); // so it can be bound
    }
    EmbeddedRedisBuilder builder = with(binary).port(port);
    try (EmbeddedRedis redis = builder.start()) {
      assertThat(redis.port()).isEqualTo(port);
      assertThatExceptionOfType(EmbeddedRedisException.class)
          .isThrownBy(builder::start)
          .withMessageContaining("Port " + port)
          .withMessageContaining("in use");
      assertThat(redis.isRunning()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void manyStartAtOnce(RedisBinary binary) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    List<EmbeddedRedis> servers = new ArrayList<>();
    try {
      List<Future<EmbeddedRedis>> starts =
          IntStream.range(0, 8).mapToObj(i -> executor.submit(() -> with(binary).start())).toList();
      for (Future<EmbeddedRedis> start : starts) {
        servers.add(start.get());
      }
      assertThat(servers.stream().map(EmbeddedRedis::port).collect(Collectors.toSet())).hasSize(8);
      for (EmbeddedRedis redis : servers) {
        assertThat(redis.ask("INFO", "server")).contains("process_id:" + redis.pid());
      }
    } finally {
      executor.shutdownNow();
      servers.forEach(EmbeddedRedis::close);
    }
  }

  @Test
  void callsFromManyThreadsLeaveOneServer() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        calls.add(executor.submit(redis::restart));
        calls.add(executor.submit(redis::kill));
      }
      for (Future<?> call : calls) {
        call.get();
      }
      redis.restart();
      assertThat(redis.ask("INFO", "server")).contains("process_id:" + redis.pid());
      List<Future<?>> closes =
          IntStream.range(0, 4).<Future<?>>mapToObj(i -> executor.submit(redis::close)).toList();
      for (Future<?> close : closes) {
        close.get();
      }
      assertThat(redis.dataDirectory()).doesNotExist();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void interruptedStartLeavesNothingBehind() throws Exception {
    Path sleeper = script("echo $$ > begun; mv begun pid; exec sleep 100");
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(EmbeddedRedisException.class)
          .isThrownBy(
              () ->
                  EmbeddedRedis.builder()
                      .binary(RedisBinary.at(sleeper))
                      .dataDirectory(directory)
                      .start())
          .withMessageContaining("Interrupted");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    if (Files.exists(directory.resolve("pid"))) {
      long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
      assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).isNotEqualTo(true);
    }
  }
}
