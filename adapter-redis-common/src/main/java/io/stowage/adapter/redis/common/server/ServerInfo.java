package io.stowage.adapter.redis.common.server;

import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Server;
import io.stowage.api.ServerReport.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server tells in its {@code INFO}, and what is wrong with it. */
final class ServerInfo {

  private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

  /** With its usual settings a server that was changed has written a snapshot after this time. */
  private static final long SNAPSHOT_SECONDS = 3_900;

  private final String address;
  private final Map<String, String> fields = new HashMap<>();

  ServerInfo(String address, String text) {
    this.address = address;
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
  }

  /** A server that may not be asked. */
  static Server unknown(String address) {
    return new Server(address, "unknown", "unknown", "unknown", "unknown", "unknown", 0);
  }

  Server server() {
    return new Server(
        address,
        isMaster() ? "master" : "replica",
        product(),
        field(product() + "_version", field("redis_version", "unknown")),
        field("maxmemory_policy", "unknown"),
        persistence(),
        (int) number("connected_slaves"));
  }

  /**
   * What is wrong.
   *
   * @param oneNode whether this is meant to be the one server that has all keys
   */
  List<Problem> problems(boolean oneNode) {
    List<Problem> problems = new ArrayList<>();
    checkVersion(problems);
    checkEviction(problems);
    boolean ofCluster = field("cluster_enabled", "0").equals("1");
    if (oneNode && ofCluster) {
      add(
          problems,
          Severity.ERROR,
          "is a member of a Cluster, and has only a part of the keys: use a URI that begins with"
              + " redis-cluster or rediss-cluster");
    }
    if (isMaster()) {
      checkPersistence(problems);
      if (ofCluster && number("connected_slaves") == 0) {
        add(
            problems,
            Severity.NOTE,
            "has no replica now: if it fails, nobody serves its items until it is back");
      }
    }
    return problems;
  }

  private void checkVersion(List<Problem> problems) {
    Matcher version = VERSION.matcher(field("redis_version", ""));
    if (version.lookingAt()) {
      int major = Integer.parseInt(version.group(1));
      if (major < 6 || (major == 6 && Integer.parseInt(version.group(2)) < 2)) {
        add(
            problems,
            Severity.ERROR,
            "runs Redis " + field("redis_version", "") + ", which lacks commands: 6.2 is needed");
      }
    } else {
      add(problems, Severity.NOTE, "does not tell its version: 6.2 of Redis is needed");
    }
  }

  /** Whether it removes keys that do not expire when memory is short. */
  boolean evictsAnyKey() {
    return isLimited() && field("maxmemory_policy", "noeviction").startsWith("allkeys-");
  }

  /** Without a limit nothing is ever evicted. */
  private boolean isLimited() {
    return number("maxmemory") != 0;
  }

  private void checkEviction(List<Problem> problems) {
    String policy = field("maxmemory_policy", "noeviction");
    if (!isLimited()) {
      return;
    }
    if (evictsAnyKey()) {
      add(
          problems,
          Severity.WARNING,
          "has maxmemory-policy "
              + policy
              + ": when memory is short it removes index keys, and queries miss items; and it"
              + " removes what encoded items need, so that no store opens that has dictionaries,"
              + " names of classes or blind indexes; set noeviction");
    } else if (policy.startsWith("volatile-")) {
      add(
          problems,
          Severity.WARNING,
          "has maxmemory-policy "
              + policy
              + ": when memory is short it removes items with a TTL before they expire; set"
              + " noeviction if they must not be lost");
    }
  }

  private void checkPersistence(List<Problem> problems) {
    if (!persistence().equals("none")) {
      return;
    }
    boolean changed = number("rdb_changes_since_last_save") > 0;
    if (changed && number("uptime_in_seconds") > SNAPSHOT_SECONDS) {
      add(
          problems,
          Severity.WARNING,
          "writes nothing to disk: a restart loses everything; set appendonly yes");
    } else {
      add(
          problems,
          Severity.NOTE,
          "has written nothing to disk yet, and whether it will cannot be seen: without appendonly"
              + " or save a restart loses everything");
    }
  }

  /** A server does not tell whether it takes snapshots, but whether it ever did. */
  private String persistence() {
    boolean appendOnly = field("aof_enabled", "0").equals("1");
    boolean snapshots =
        number("rdb_saves") > 0
            || number("rdb_bgsave_in_progress") > 0
            || !field("rdb_last_bgsave_time_sec", "-1").equals("-1")
            || (!appendOnly && number("rdb_last_load_keys_loaded") > 0);
    if (appendOnly) {
      return snapshots ? "aof+rdb" : "aof";
    }
    return snapshots ? "rdb" : "none";
  }

  private boolean isMaster() {
    return field("role", "master").equals("master");
  }

  private String product() {
    return field("server_name", fields.containsKey("valkey_version") ? "valkey" : "redis");
  }

  private String field(String name, String otherwise) {
    return fields.getOrDefault(name, otherwise);
  }

  private long number(String name) {
    String text = field(name, "0");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private void add(List<Problem> problems, Severity severity, String text) {
    problems.add(new Problem(severity, address + " " + text));
  }
}
