package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.adapter.redis.common.RedisUri.Topology;
import io.stowage.adapter.redis.common.server.CommandRights;
import io.stowage.api.Durability;
import io.stowage.api.ServerReport;
import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Severity;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ServerProbeTest extends PortsBench {

  private static final String PREFIX = "t[1]*:";
  private static final String KEYS = "~t\\[1\\]\\*:*";

  /** Without these a store works, with something less. */
  private static final Set<String> OPTIONAL = Set.of("+info", "+wait", "+acl|whoami");

  /** No user gets far enough to be probed without these, if they are used at all. */
  private static final Set<String> ON_CONNECT = Set.of("+select", "+client|setname");

  private static List<String> rules() {
    return CommandRights.rules(PREFIX, Topology.STANDALONE);
  }

  private static List<String> commandRules() {
    return rules().stream().filter(rule -> rule.startsWith("+")).toList();
  }

  /** Creates a user of exactly these rules. */
  private void user(List<String> rules) {
    List<String> args = new ArrayList<>(List.of("SETUSER", "least", "reset", "on", ">pw"));
    args.addAll(rules);
    Reply reply = connection.send("ACL", args.toArray(String[]::new));
    assertThat(reply).isInstanceOf(Reply.Bulk.class);
  }

  private SocketConnection asUser() {
    SocketConnection socket = SocketConnection.toOneNode(redis.port());
    assertThat(Replies.text(socket.send("AUTH", "least", "pw"))).isEqualTo("OK");
    return socket;
  }

  private ServerReport inspectAsUser() {
    try (SocketConnection socket = asUser();
        StorageAdapter limited =
            new RedisAdapter(
                "redis-socket", RedisUri.parse("redis://least:pw@localhost"), PREFIX, socket)) {
      return limited.servers().orElseThrow().inspect();
    }
  }

  private static List<Problem> errors(ServerReport report) {
    return report.problems().stream().filter(p -> p.severity() == Severity.ERROR).toList();
  }

  @Test
  void tellsWhatTheServerIs() {
    boolean valkey = Replies.text(connection.send("INFO", "server")).contains("valkey_version:");
    String product = valkey ? "valkey" : "redis";
    ServerReport report = adapter.servers().orElseThrow().inspect();
    assertThat(report.servers())
        .singleElement()
        .satisfies(
            server -> {
              assertThat(server.product()).isEqualTo(product);
              assertThat(server.version()).isEqualTo(redis.version());
              assertThat(server.role()).isEqualTo("master");
              assertThat(server.evictionPolicy()).isEqualTo("noeviction");
              assertThat(server.persistence()).isEqualTo("none");
              assertThat(server.replicas()).isZero();
              assertThat(server.address()).contains(Integer.toString(redis.port()));
            });
    assertThat(report.missingRights()).isEmpty();
    assertThat(errors(report)).isEmpty();
  }

  @Test
  void changesNothing() {
    records.define("definition");
    adapter.servers().orElseThrow().inspect();
    assertThat(Replies.integer(connection.send("DBSIZE"))).isEqualTo(1);
    assertThat(records.definition()).contains("definition");
  }

  @Test
  void closedAdapterRefusesToInspect() {
    var servers = adapter.servers().orElseThrow();
    adapter.close();
    assertThatThrownBy(servers::inspect).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void warnsOfEviction() {
    connection.send("CONFIG", "SET", "maxmemory", "100mb");
    connection.send("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    try {
      assertThat(adapter.servers().orElseThrow().inspect().problems())
          .anySatisfy(
              problem -> {
                assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                assertThat(problem.text()).contains("allkeys-lru", "noeviction");
              });
    } finally {
      connection.send("CONFIG", "SET", "maxmemory", "0");
      connection.send("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
  }

  @Test
  void leastRightsAreEnoughForEverything() {
    user(rules());
    ServerReport report = inspectAsUser();
    assertThat(report.missingRights()).isEmpty();
    assertThat(errors(report)).isEmpty();
    assertThat(report.servers().get(0).version()).isEqualTo(redis.version());
    connection.send("SCRIPT", "FLUSH");
    try (SocketConnection socket = asUser();
        StorageAdapter limited = adapter(PREFIX, socket)) {
      Tour.of(limited.store("s"));
      Durability none = Durability.replicas(1, Duration.ofMillis(1));
      StorePorts confirmed = limited.store("s").confirmed(none).orElseThrow();
      assertThatThrownBy(() -> confirmed.records().redefine("b", "c"))
          .hasMessageContaining("confirmed by 0 of 1 replicas");
    }
  }

  @Test
  void nothingIsUsedThatIsNotInTheListAndNothingIsListedThatIsNotUsed() {
    connection.send("SCRIPT", "FLUSH");
    connection.send("CONFIG", "RESETSTAT");
    Tour.of(store);
    Set<String> used =
        Replies.text(connection.send("INFO", "commandstats"))
            .lines()
            .filter(line -> line.startsWith("cmdstat_"))
            .map(line -> "+" + line.substring("cmdstat_".length(), line.indexOf(':')))
            .collect(Collectors.toCollection(TreeSet::new));
    used.removeAll(Set.of("+config|resetstat", "+config", "+info"));
    Set<String> listed = new TreeSet<>(commandRules());
    listed.removeAll(OPTIONAL);
    listed.removeAll(ON_CONNECT);
    listed.remove("+ping");
    assertThat(used).isEqualTo(listed);
  }

  @Test
  void eachMissingRightIsToldWithTheLineThatAddsIt() {
    for (String rule : commandRules()) {
      if (ON_CONNECT.contains(rule)) {
        continue;
      }
      user(rules().stream().filter(other -> !other.equals(rule)).toList());
      ServerReport report = inspectAsUser();
      String title = rule.substring(1).replace('|', ' ').toUpperCase(Locale.ROOT);
      if (rule.equals("+acl|whoami")) {
        assertThat(report.missingRights()).isEmpty();
        assertThat(report.problems()).noneMatch(problem -> problem.text().contains("least"));
      } else if (OPTIONAL.contains(rule)) {
        assertThat(report.missingRights()).isEmpty();
        assertThat(report.problems())
            .anyMatch(
                problem ->
                    problem.severity() == Severity.NOTE
                        && problem.text().contains("may not run " + title + " on"));
      } else {
        assertThat(report.missingRights()).contains("ACL SETUSER least " + rule);
        assertThat(errors(report))
            .singleElement()
            .satisfies(
                problem ->
                    assertThat(problem.text())
                        .contains("user 'least' may not run " + title + " on")
                        .endsWith("ACL SETUSER least " + rule));
      }
    }
  }

  @Test
  void missingKeysAreToldWithTheLineThatAddsThem() {
    List<String> rules = new ArrayList<>(rules());
    rules.replaceAll(rule -> rule.equals(KEYS) ? "~other:*" : rule);
    user(rules);
    ServerReport report = inspectAsUser();
    assertThat(report.missingRights()).contains("ACL SETUSER least " + KEYS);
    assertThat(errors(report)).hasSize(1);
    assertThat(errors(report).get(0).text()).contains("use keys that begin with '" + PREFIX + "'");
  }

  @Test
  void lineForAUserWithoutRightsMakesEverythingWork() {
    user(List.of());
    ServerReport report = inspectAsUser();
    String line = report.missingRights().orElseThrow();
    assertThat(report.servers().get(0).version()).isEqualTo("unknown");
    String[] words = line.split(" ", -1);
    connection.send(words[0], Arrays.copyOfRange(words, 1, words.length));
    assertThat(inspectAsUser().missingRights()).isEmpty();
    try (SocketConnection socket = asUser();
        StorageAdapter limited = adapter(PREFIX, socket)) {
      Tour.of(limited.store("s"));
    }
  }

  @Test
  void userOfTheUriIsNamedIfTheServerDoesNotTell() {
    user(rules().stream().filter(r -> !r.equals("+acl|whoami") && !r.equals("+del")).toList());
    assertThat(inspectAsUser().missingRights()).contains("ACL SETUSER least +del");
  }
}
