package io.stowage.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How connections are made and kept. Immutable; begin with {@link #defaults()}.
 *
 * @param connectTimeout how long to wait for a connection
 * @param commandTimeout how long to wait for the answers to one round trip, redirections included
 * @param poolSize how many connections to one server at most, where the client keeps several
 * @param warmConnections how many of them are opened before they are needed
 * @param keepAlive after what time without traffic the operating system probes a connection
 * @param tcpUserTimeout after what time without acknowledgement of what was sent the operating
 *     system gives a connection up (Linux); empty for its default
 * @param topologyRefresh how often the members of a Cluster or Sentinel group are looked up when
 *     nothing else causes it
 */
public record NetworkSettings(
    Duration connectTimeout,
    Duration commandTimeout,
    int poolSize,
    int warmConnections,
    Duration keepAlive,
    Optional<Duration> tcpUserTimeout,
    Duration topologyRefresh) {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final NetworkSettings DEFAULTS =
      new NetworkSettings(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          8,
          1,
          Duration.ofSeconds(30),
          Optional.empty(),
          Duration.ofSeconds(30));

  public NetworkSettings {
    Limits.check("connectTimeout", connectTimeout, SHORTEST, LONGEST);
    Limits.check("commandTimeout", commandTimeout, SHORTEST, LONGEST);
    Limits.check("poolSize", poolSize, 1, 1_000);
    Limits.check("warmConnections", warmConnections, 0, poolSize);
    Limits.check("keepAlive", keepAlive, Duration.ofSeconds(1), Duration.ofHours(2));
    tcpUserTimeout.ifPresent(
        t -> Limits.check("tcpUserTimeout", t, Duration.ofMillis(100), LONGEST));
    Limits.check("topologyRefresh", topologyRefresh, Duration.ofMillis(100), Duration.ofHours(1));
  }

  /**
   * 2 s to connect and for a round trip, 8 connections of which one is warmed up, 30 s until a keep
   * alive probe and between refreshes of the topology.
   */
  public static NetworkSettings defaults() {
    return DEFAULTS;
  }

  public NetworkSettings withConnectTimeout(Duration timeout) {
    return new NetworkSettings(
        timeout,
        commandTimeout,
        poolSize,
        warmConnections,
        keepAlive,
        tcpUserTimeout,
        topologyRefresh);
  }

  public NetworkSettings withCommandTimeout(Duration timeout) {
    return new NetworkSettings(
        connectTimeout,
        timeout,
        poolSize,
        warmConnections,
        keepAlive,
        tcpUserTimeout,
        topologyRefresh);
  }

  /** The same with another pool size; warmed-up connections are at most as many. */
  public NetworkSettings withPoolSize(int connections) {
    return new NetworkSettings(
        connectTimeout,
        commandTimeout,
        connections,
        Math.min(warmConnections, Math.max(0, connections)),
        keepAlive,
        tcpUserTimeout,
        topologyRefresh);
  }

  public NetworkSettings withWarmConnections(int connections) {
    return new NetworkSettings(
        connectTimeout,
        commandTimeout,
        poolSize,
        connections,
        keepAlive,
        tcpUserTimeout,
        topologyRefresh);
  }

  public NetworkSettings withKeepAlive(Duration idle) {
    return new NetworkSettings(
        connectTimeout,
        commandTimeout,
        poolSize,
        warmConnections,
        idle,
        tcpUserTimeout,
        topologyRefresh);
  }

  public NetworkSettings withTcpUserTimeout(Duration timeout) {
    return new NetworkSettings(
        connectTimeout,
        commandTimeout,
        poolSize,
        warmConnections,
        keepAlive,
        Optional.of(timeout),
        topologyRefresh);
  }

  public NetworkSettings withTopologyRefresh(Duration period) {
    return new NetworkSettings(
        connectTimeout,
        commandTimeout,
        poolSize,
        warmConnections,
        keepAlive,
        tcpUserTimeout,
        period);
  }
}
