package io.stowage.adapter.redis.common.server;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.RedisConnection.ServerReplies;
import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.Credentials;
import io.stowage.api.ServerReport;
import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Server;
import io.stowage.spi.ServerPort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Looks at every server of a deployment, replicas too, in one round trip. */
public final class ServerProbe implements ServerPort {

  private static final RedisCommand INFO = RedisCommand.keyless("INFO");
  private static final RedisCommand WHO_AM_I =
      RedisCommand.keyless("ACL", "WHOAMI".getBytes(StandardCharsets.US_ASCII));

  private final RedisConnection connection;
  private final RedisUri uri;
  private final String keyPrefix;

  public ServerProbe(RedisConnection connection, RedisUri uri, String keyPrefix) {
    this.connection = connection;
    this.uri = uri;
    this.keyPrefix = keyPrefix;
  }

  @Override
  public ServerReport inspect() {
    String absentKey = keyPrefix + "probe:" + UUID.randomUUID();
    RightsCheck rights = new RightsCheck(keyPrefix, absentKey, uri.topology());
    List<RedisCommand> batch = new ArrayList<>(List.of(INFO, WHO_AM_I));
    batch.addAll(rights.commands());

    List<Server> servers = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    String user = userOfUri();
    for (ServerReplies answer : connection.onEveryServer(batch)) {
      List<Reply> replies = answer.replies();
      if (replies.get(0) instanceof Reply.Bulk info) {
        ServerInfo server = new ServerInfo(answer.address(), Replies.text(info));
        servers.add(server.server());
        problems.addAll(server.problems(connection.isSingleNode()));
      } else {
        servers.add(ServerInfo.unknown(answer.address()));
      }
      if (replies.get(1) instanceof Reply.Bulk name) {
        user = Replies.text(name);
      }
      rights.take(answer.address(), replies.subList(2, replies.size()));
    }
    problems.addAll(rights.problems(user));
    problems.sort(Comparator.comparing(Problem::severity));
    return new ServerReport(servers, problems, rights.line(user));
  }

  /** One round trip. */
  @Override
  public List<String> evicting() {
    List<String> evicting = new ArrayList<>();
    for (ServerReplies answer : connection.onEveryServer(List.of(INFO))) {
      if (answer.replies().get(0) instanceof Reply.Bulk info
          && new ServerInfo(answer.address(), Replies.text(info)).evictsAnyKey()) {
        evicting.add(answer.address());
      }
    }
    return evicting;
  }

  private String userOfUri() {
    Credentials credentials = uri.credentials();
    return credentials == null || credentials.user() == null ? "default" : credentials.user();
  }
}
