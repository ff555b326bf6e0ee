package io.stowage.adapter.redis.common;

import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.api.Credentials;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis deployment is: {@code redis://[user:password@]host[:port][/database]} for one
 * server, {@code redis-sentinel://[user:password@]host[:port],.../master[/database]} for a group
 * that Sentinels watch, {@code redis-cluster://[user:password@]host[:port],...} for a Cluster; with
 * {@code rediss} for {@code redis} where connections are encrypted. User and password are
 * percent-encoded; an IPv6 address stands in brackets.
 *
 * @param topology what kind of deployment it is
 * @param tls whether connections are encrypted
 * @param servers the server, or the Sentinels, or some servers of the Cluster
 * @param credentials who logs in; null for nobody
 * @param master the name by which Sentinels know the group; empty otherwise
 * @param database the number of the database
 */
public record RedisUri(
    Topology topology,
    boolean tls,
    List<ServerAddress> servers,
    @Nullable Credentials credentials,
    String master,
    int database) {

  /** The kinds of deployments. */
  public enum Topology {
    STANDALONE("", 6379, "://[user:password@]host[:port][/database]"),
    SENTINEL("-sentinel", 26_379, "://[user:password@]host[:port],.../master[/database]"),
    CLUSTER("-cluster", 6379, "://[user:password@]host[:port],...");

    private final String suffix;
    private final int defaultPort;
    private final String rest;

    Topology(String suffix, int defaultPort, String rest) {
      this.suffix = suffix;
      this.defaultPort = defaultPort;
      this.rest = rest;
    }

    private String scheme(boolean tls) {
      return (tls ? "rediss" : "redis") + suffix;
    }

    private String form(boolean tls) {
      return scheme(tls) + rest;
    }
  }

  public RedisUri {
    servers = List.copyOf(servers);
  }

  /** Whether URIs of a scheme, in lower case, can be read. */
  static boolean isScheme(String scheme) {
    for (Topology topology : Topology.values()) {
      if (scheme.equals(topology.scheme(false)) || scheme.equals(topology.scheme(true))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException if it is none of the forms above; the message does not show
   *     the password
   */
  public static RedisUri parse(String text) {
    int end = text.indexOf("://");
    String scheme = end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
    for (Topology topology : Topology.values()) {
      for (boolean tls : new boolean[] {false, true}) {
        if (scheme.equals(topology.scheme(tls))) {
          return new Reader(topology, tls).read(text.substring(end + 3));
        }
      }
    }
    throw new IllegalArgumentException(
        "the Redis URI cannot be used: it begins with none of the schemes; allowed are "
            + Topology.STANDALONE.form(false)
            + ", "
            + Topology.SENTINEL.form(false)
            + " and "
            + Topology.CLUSTER.form(false)
            + ", each with rediss for TLS");
  }

  /** Reads what follows the scheme. */
  private record Reader(Topology topology, boolean tls) {

    RedisUri read(String rest) {
      int at = rest.lastIndexOf('@');
      Credentials credentials = at < 0 ? null : credentials(rest.substring(0, at));
      String place = rest.substring(at + 1);
      int slash = place.indexOf('/');
      String path = slash < 0 ? "" : place.substring(slash + 1);
      List<ServerAddress> servers = servers(slash < 0 ? place : place.substring(0, slash));
      String master = "";
      if (topology == Topology.SENTINEL) {
        int second = path.indexOf('/');
        master = master(second < 0 ? path : path.substring(0, second));
        path = second < 0 ? "" : path.substring(second + 1);
      }
      int most = topology == Topology.CLUSTER ? 0 : Integer.MAX_VALUE;
      int database = path.isEmpty() ? 0 : number("database", path, 0, most);
      return new RedisUri(topology, tls, servers, credentials, master, database);
    }

    private @Nullable Credentials credentials(String text) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw refused("the part before '@' has no ':' between user and password");
      }
      if (text.matches("(?s).*[/?#@\\s].*")) {
        throw refused("user and password hold '/', '?', '#', '@' or white space unencoded");
      }
      String user = decoded("user or password", text.substring(0, colon));
      String password = decoded("user or password", text.substring(colon + 1));
      if (password.isEmpty()) {
        if (user.isEmpty()) {
          return null;
        }
        throw refused("user '" + user + "' has no password");
      }
      return new Credentials(user.isEmpty() ? null : user, password);
    }

    private String master(String text) {
      String master = decoded("master", text);
      if (master.isEmpty()) {
        throw refused("it names no master");
      }
      if (!master.matches("[^\\s\\p{Cntrl}?#]+")) {
        throw refused("master is '" + master + "'");
      }
      return master;
    }

    private List<ServerAddress> servers(String text) {
      List<ServerAddress> servers = new ArrayList<>();
      String[] places = topology == Topology.STANDALONE ? new String[] {text} : text.split(",", -1);
      for (String place : places) {
        servers.add(server(place));
      }
      return servers;
    }

    private ServerAddress server(String place) {
      int bracket = place.lastIndexOf(']');
      int colon = place.indexOf(':', bracket + 1);
      String host = colon < 0 ? place : place.substring(0, colon);
      int port =
          colon < 0 ? topology.defaultPort : number("port", place.substring(colon + 1), 1, 65_535);
      if (host.startsWith("[")) {
        if (!host.endsWith("]") || !host.matches("\\[[0-9A-Fa-f:.%]+]")) {
          throw refused("host is '" + host + "'");
        }
        host = host.substring(1, host.length() - 1);
      } else if (!host.matches("[A-Za-z0-9._-]+")) {
        throw refused(host.isEmpty() ? "it names no host" : "host is '" + host + "'");
      }
      return new ServerAddress(host, port);
    }

    private int number(String what, String text, int min, int max) {
      try {
        int number = text.matches("[0-9]{1,10}") ? Integer.parseInt(text) : -1;
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw refused(what + " is '" + text + "'", e);
      }
      throw refused(
          what + " is '" + text + "'" + (max == 0 ? ", and a Cluster has only database 0" : ""));
    }

    private String decoded(String what, String text) {
      try {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        // The cause would show a part of the password.
        throw refused(what + " has a '%' that is not followed by two hexadecimal digits");
      }
    }

    private IllegalArgumentException refused(String why) {
      return refused(why, null);
    }

    private IllegalArgumentException refused(String why, @Nullable Throwable cause) {
      return new IllegalArgumentException(
          "the Redis URI cannot be used: " + why + "; allowed is " + topology.form(tls), cause);
    }
  }

  /** The URI without user and password. */
  @Override
  public String toString() {
    String places = servers.stream().map(ServerAddress::toString).collect(Collectors.joining(","));
    String group = master.isEmpty() ? "" : "/" + master;
    return topology.scheme(tls) + "://" + places + group + "/" + database;
  }
}
