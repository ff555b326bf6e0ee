package io.stowage.api;

import java.util.List;
import java.util.Optional;

/**
 * What the servers behind a platform are, and what is wrong with them.
 *
 * @param servers the servers that could be reached
 * @param problems what is wrong, the gravest first; empty if nothing is
 * @param missingRights the {@code ACL SETUSER} line that gives this client the rights that it
 *     lacks; empty if it has all
 */
public record ServerReport(
    List<Server> servers, List<Problem> problems, Optional<String> missingRights) {

  public ServerReport {
    servers = List.copyOf(servers);
    problems = List.copyOf(problems);
  }

  /**
   * One server.
   *
   * @param address host and port
   * @param role what it does: master or replica
   * @param product what it is, such as {@code redis} or {@code valkey}
   * @param version its version, such as {@code 7.0.15}
   * @param evictionPolicy what it removes when memory is short, such as {@code noeviction}
   * @param persistence how it keeps data on disk: {@code aof}, {@code rdb}, {@code aof+rdb} or
   *     {@code none}
   * @param replicas how many others copy it now
   */
  public record Server(
      String address,
      String role,
      String product,
      String version,
      String evictionPolicy,
      String persistence,
      int replicas) {}

  /** How grave a problem is. */
  public enum Severity {
    /** A store cannot work. */
    ERROR,
    /** A store works, and may lose data or grow without bounds. */
    WARNING,
    /** Something that could not be found out. */
    NOTE
  }

  /**
   * One problem.
   *
   * @param severity how grave it is
   * @param text what it is, where, and how it is mended, in one sentence
   */
  public record Problem(Severity severity, String text) {}
}
