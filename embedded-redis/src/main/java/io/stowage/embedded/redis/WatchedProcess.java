package io.stowage.embedded.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server below a small shell process that kills it when this JVM is gone. The shell notices by
 * the pipe that this JVM holds open to it, so it makes no difference how the JVM ends. It is the
 * server's parent as well: as long as it has not exited, the server's process id is not reused, and
 * so all signals go through it.
 */
final class WatchedProcess implements ServerProcess {

  private static final String SHELL = "/bin/sh";
  private static final String SCRIPT = script();
  private static final Duration FREEZE_LIMIT = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  /** A pipe that the garbage collector closes would end a server that is still in use. */
  private static final Set<WatchedProcess> LIVE = ConcurrentHashMap.newKeySet();

  private final Process watchdog;
  private final BufferedReader answers;
  private final OutputStream orders;
  private final long pid;
  private final ReentrantLock signalling = new ReentrantLock();

  private WatchedProcess(Process watchdog) throws IOException {
    this.watchdog = watchdog;
    this.answers =
        new BufferedReader(
            new InputStreamReader(watchdog.getInputStream(), StandardCharsets.US_ASCII));
    this.orders = watchdog.getOutputStream();
    String first = answers.readLine();
    if (first == null) {
      throw new IOException("The watchdog ended before it started the server");
    }
    this.pid = Long.parseLong(first);
  }

  /** Starts {@code command}, with the data directory's log as its output. */
  static WatchedProcess start(DataDirectory data, List<String> command) {
    Path log = data.path().resolve(ServerLog.FILE_NAME);
    List<String> words = new ArrayList<>(List.of(SHELL, "-c", SCRIPT, "stowage-redis-watchdog"));
    words.add(log.toString());
    words.add(data.isScratch() ? data.path().toString() : "");
    words.addAll(command);
    try {
      Process watchdog =
          new ProcessBuilder(words)
              .directory(data.path().toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return register(watchdog);
    } catch (IOException e) {
      throw new EmbeddedRedisException("Cannot run " + command.get(0) + ": " + e, e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // removal from a set does not fail
  private static WatchedProcess register(Process watchdog) throws IOException {
    try {
      WatchedProcess process = new WatchedProcess(watchdog);
      LIVE.add(process);
      watchdog.onExit().thenRun(() -> LIVE.remove(process));
      return process;
    } catch (IOException | RuntimeException e) {
      watchdog.getOutputStream().close();
      throw e;
    }
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public long reportedPid() {
    return pid;
  }

  @Override
  public boolean isAlive() {
    return watchdog.isAlive();
  }

  @Override
  public boolean awaitExit(Duration limit) throws InterruptedException {
    return watchdog.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void freeze() {
    if (!signal("STOP")) {
      throw new IllegalStateException("Redis is not running: process " + pid + " has ended");
    }
    if (!ProcessState.awaitStopped(pid, FREEZE_LIMIT)) {
      throw new EmbeddedRedisException("Redis process " + pid + " ignores SIGSTOP");
    }
  }

  @Override
  public void thaw() {
    if (!signal("CONT")) {
      throw new IllegalStateException("Redis is not running: process " + pid + " has ended");
    }
  }

  @Override
  public void stop() {
    if (signal("CONT") && signal("TERM") && endsWithin(STOP_LIMIT)) {
      return;
    }
    kill();
  }

  @Override
  public void kill() {
    boolean sent = signal("KILL");
    if (!endsWithin(STOP_LIMIT)) {
      throw new EmbeddedRedisException(
          "Redis process " + pid + (sent ? " survived SIGKILL" : " cannot be signalled"));
    }
  }

  /** Waits even if the thread is interrupted, because half-stopped is no state to leave behind. */
  private boolean endsWithin(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return watchdog.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Sends a signal; it is sent when this returns true. False if the server has ended. */
  private boolean signal(String name) {
    signalling.lock();
    try {
      orders.write((name + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
      return "sent".equals(answer());
    } catch (IOException e) {
      if (watchdog.isAlive() && !endsWithin(Duration.ofSeconds(1))) {
        throw new UncheckedIOException("The watchdog of process " + pid + " does not listen", e);
      }
      return false; // the pipe is broken because the server, and so its watchdog, has ended
    } finally {
      signalling.unlock();
    }
  }

  private @Nullable String answer() throws IOException {
    return answers.readLine();
  }

  private static String script() {
    try (InputStream in = WatchedProcess.class.getResourceAsStream("watchdog.sh")) {
      if (in == null) {
        throw new IllegalStateException("watchdog.sh is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read watchdog.sh", e);
    }
  }
}
