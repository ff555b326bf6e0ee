package io.stowage.adapter.redis.lettuce;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.EpollProvider;
import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.api.NetworkSettings;
import java.time.Duration;
import java.util.Optional;

/** The settings as Lettuce's options. */
final class LettuceOptions {

  /** A connection is given up after so many probes without an answer. */
  private static final int PROBES = 3;

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  private LettuceOptions() {}

  /**
   * Lettuce's own reconnection is off, because it would send again what was under way. So is its
   * limit of commands under way, because that refuses single commands of a batch: {@link
   * SharedConnection} has one that refuses batches.
   *
   * @throws IllegalArgumentException if a setting needs what is not on the class path
   */
  static ClientOptions of(NetworkSettings network, Optional<TlsKeys> tls) {
    ClientOptions.Builder options =
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(Integer.MAX_VALUE)
            .protocolVersion(ProtocolVersion.RESP2)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(socket(network))
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build());
    tls.ifPresent(keys -> options.sslOptions(ssl(keys, network.connectTimeout())));
    return options.build();
  }

  private static SocketOptions socket(NetworkSettings network) {
    Duration interval = network.keepAlive().dividedBy(PROBES);
    SocketOptions.Builder socket =
        SocketOptions.builder()
            .connectTimeout(network.connectTimeout())
            .keepAlive(
                SocketOptions.KeepAliveOptions.builder()
                    .enable()
                    .idle(network.keepAlive())
                    .interval(
                        interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval)
                    .count(PROBES)
                    .build());
    network.tcpUserTimeout().ifPresent(timeout -> socket.tcpUserTimeout(userTimeout(timeout)));
    return socket.build();
  }

  private static SocketOptions.TcpUserTimeoutOptions userTimeout(Duration timeout) {
    if (!EpollProvider.isAvailable()) {
      throw new IllegalArgumentException(
          "tcpUserTimeout is "
              + timeout
              + ", which Lettuce can set only on Linux and with Netty's native transport;"
              + " add io.netty:netty-transport-native-epoll for this platform, or leave it empty");
    }
    return SocketOptions.TcpUserTimeoutOptions.builder().enable().tcpUserTimeout(timeout).build();
  }

  private static SslOptions ssl(TlsKeys keys, Duration handshakeTimeout) {
    SslOptions.Builder ssl =
        SslOptions.builder().jdkSslProvider().handshakeTimeout(handshakeTimeout);
    keys.trust().ifPresent(ssl::trustManager);
    keys.identity().ifPresent(ssl::keyManager);
    return ssl.build();
  }
}
