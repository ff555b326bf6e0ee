package io.stowage.embedded.redis;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * Runs the server in a container. The only class that touches Testcontainers, which removes the
 * container when this JVM ends, however it ends.
 */
final class DockerLauncher implements ServerLauncher {

  static final String IMAGE = "redis:7.2-alpine";

  private static final String DIRECTORY = "/data";
  private static final int INNER_PORT = 6379;

  @Override
  public ServerProcess launch(ServerConfiguration configuration, int port) {
    Path data = configuration.data().path();
    // Inside, the container's own address must be bound; outside, only 127.0.0.1 is published.
    configuration.write("0.0.0.0", "no", INNER_PORT, DIRECTORY);
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withFileSystemBind(data.toString(), DIRECTORY, BindMode.READ_WRITE)
            .withCommand("redis-server", DIRECTORY + "/" + ServerConfiguration.FILE_NAME)
            .withStartupCheckStrategy(new IsRunningStartupCheckStrategy())
            .waitingFor(new NoWait())
            .withCreateContainerCmdModifier(
                command -> {
                  HostConfig host = Objects.requireNonNull(command.getHostConfig());
                  host.withPortBindings(
                      PortBinding.parse(Loopback.HOST + ":" + port + ":" + INNER_PORT));
                  command.withUser(owner(data));
                });
    container.setExposedPorts(List.of(INNER_PORT));
    try {
      container.start();
    } catch (RuntimeException e) {
      container.stop();
      throw failure(port, e);
    }
    return new ContainerProcess(container);
  }

  private static EmbeddedRedisException failure(int port, RuntimeException problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("address already in use") || message.contains("already allocated")) {
        return new PortInUseException("Port " + port + " is in use", problem);
      }
    }
    return new EmbeddedRedisException("Cannot start a container of " + IMAGE, problem);
  }

  /** The user whose files the data directory holds, so that this JVM can delete them. */
  private static String owner(Path data) {
    try {
      return Files.getAttribute(data, "unix:uid") + ":" + Files.getAttribute(data, "unix:gid");
    } catch (IOException e) {
      throw new EmbeddedRedisException("Cannot read the owner of " + data, e);
    }
  }

  @Override
  public ServerVersion version() {
    try (GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withCommand("sleep", "60")
            .waitingFor(new NoWait())) {
      container.start();
      ExecResult result = container.execInContainer("redis-server", "--version");
      return ExecutableLauncher.parse(Path.of(IMAGE), result.getStdout());
    } catch (IOException e) {
      throw new EmbeddedRedisException("Cannot run redis-server --version in " + IMAGE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedRedisException("Interrupted in redis-server --version", e);
    }
  }

  @Override
  public String toString() {
    return "Docker image " + IMAGE;
  }

  /** Readiness is asked of the server itself, like everywhere else. */
  private static final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}
  }

  private static final class ContainerProcess implements ServerProcess {

    private static final int STOP_SECONDS = 15;
    private static final long POLL_NANOS = 10_000_000;

    private final GenericContainer<?> container;
    private final DockerClient client;
    private final String id;
    private final long pid;

    ContainerProcess(GenericContainer<?> container) {
      this.container = container;
      this.client = container.getDockerClient();
      this.id = container.getContainerId();
      this.pid =
          Objects.requireNonNullElse(
              client.inspectContainerCmd(id).exec().getState().getPidLong(), -1L);
    }

    @Override
    public long pid() {
      return pid;
    }

    @Override
    public long reportedPid() {
      return 1;
    }

    @Override
    public boolean isAlive() {
      try {
        return Boolean.TRUE.equals(client.inspectContainerCmd(id).exec().getState().getRunning());
      } catch (NotFoundException e) {
        return false; // removed, by us or by somebody else
      }
    }

    @Override
    public boolean awaitExit(Duration limit) throws InterruptedException {
      long deadline = System.nanoTime() + limit.toNanos();
      while (isAlive()) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        LockSupport.parkNanos(POLL_NANOS);
        if (Thread.interrupted()) {
          throw new InterruptedException("Interrupted while the container was ending");
        }
      }
      return true;
    }

    @Override
    public void freeze() {
      client.pauseContainerCmd(id).exec();
    }

    @Override
    public void thaw() {
      if (isPaused()) {
        client.unpauseContainerCmd(id).exec();
      }
    }

    private boolean isPaused() {
      return Boolean.TRUE.equals(client.inspectContainerCmd(id).exec().getState().getPaused());
    }

    @Override
    public void stop() {
      if (isAlive()) {
        thaw();
        client.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
      }
      container.stop();
    }

    @Override
    public void kill() {
      container.stop(); // Testcontainers kills, then removes
    }
  }
}
