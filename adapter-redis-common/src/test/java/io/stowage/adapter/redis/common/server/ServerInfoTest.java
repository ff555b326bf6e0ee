package io.stowage.adapter.redis.common.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerInfoTest {

  private static final String SOUND =
      """
      # Server
      redis_version:7.0.15
      uptime_in_seconds:10
      maxmemory:0
      maxmemory_policy:noeviction
      aof_enabled:1
      rdb_last_bgsave_time_sec:-1
      role:master
      connected_slaves:0
      cluster_enabled:0
      """;

  private static ServerInfo with(String... lines) {
    return new ServerInfo("h:1", (SOUND + String.join("\n", lines)).replace("\n", "\r\n"));
  }

  private static Problem only(ServerInfo info, boolean oneNode) {
    List<Problem> problems = info.problems(oneNode);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).text()).startsWith("h:1 ");
    return problems.get(0);
  }

  @Test
  void soundServerHasNoProblem() {
    assertThat(with().problems(true)).isEmpty();
    assertThat(with().server().persistence()).isEqualTo("aof");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.0.20", "5.0.14", "6.1.241", "3.2"})
  void oldServerIsAnError(String version) {
    Problem problem = only(with("redis_version:" + version), true);
    assertThat(problem.severity()).isEqualTo(Severity.ERROR);
    assertThat(problem.text()).contains(version, "6.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2.0", "7.4.1", "8.0.0", "10.0", "255.255.255"})
  void newServerIsNone(String version) {
    assertThat(with("redis_version:" + version).problems(true)).isEmpty();
  }

  @Test
  void versionThatIsNotToldIsNoted() {
    assertThat(only(with("redis_version:"), true).severity()).isEqualTo(Severity.NOTE);
  }

  @ParameterizedTest
  @CsvSource({
    "allkeys-lru, index keys",
    "allkeys-random, index keys",
    "volatile-ttl, before they expire"
  })
  void evictionIsAWarningWhereMemoryIsLimited(String policy, String consequence) {
    String line = "maxmemory_policy:" + policy;
    assertThat(with(line).problems(true)).isEmpty();
    Problem problem = only(with(line, "maxmemory:1000"), true);
    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
    assertThat(problem.text()).contains(policy, consequence, "noeviction");
    assertThat(with("maxmemory:1000").problems(true)).isEmpty();
  }

  @Test
  void masterThatWritesNothingToDiskIsAWarningOnceThatCanBeSeen() {
    String[] changed = {"aof_enabled:0", "uptime_in_seconds:4000", "rdb_changes_since_last_save:1"};
    assertThat(only(with(changed), true).severity()).isEqualTo(Severity.WARNING);
    Problem early = only(with("aof_enabled:0", "rdb_changes_since_last_save:1"), true);
    assertThat(early.severity()).isEqualTo(Severity.NOTE);
    Problem unchanged = only(with("aof_enabled:0", "uptime_in_seconds:4000"), true);
    assertThat(unchanged.severity()).isEqualTo(Severity.NOTE);
    assertThat(with("aof_enabled:0", "role:slave").problems(true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "aof_enabled:0, rdb_saves:1, rdb",
    "aof_enabled:0, rdb_last_bgsave_time_sec:0, rdb",
    "aof_enabled:0, rdb_bgsave_in_progress:1, rdb",
    "aof_enabled:0, rdb_last_load_keys_loaded:3, rdb",
    "aof_enabled:1, rdb_last_load_keys_loaded:3, aof",
    "aof_enabled:1, rdb_saves:1, aof+rdb",
    "aof_enabled:0, rdb_saves:0, none"
  })
  void persistenceIsWhatWasSeen(String appendOnly, String snapshots, String expected) {
    assertThat(with(appendOnly, snapshots).server().persistence()).isEqualTo(expected);
  }

  @Test
  void valkeyIsToldWithItsOwnVersion() {
    ServerInfo info = with("redis_version:7.2.4", "server_name:valkey", "valkey_version:8.0.1");
    assertThat(info.server().product()).isEqualTo("valkey");
    assertThat(info.server().version()).isEqualTo("8.0.1");
    assertThat(info.problems(true)).isEmpty();
  }

  @Test
  void roleAndReplicasAreTold() {
    assertThat(with("role:slave", "connected_slaves:2").server().role()).isEqualTo("replica");
    assertThat(with("connected_slaves:2").server().replicas()).isEqualTo(2);
  }

  @Test
  void memberOfAClusterIsAnErrorForAUriOfOneServer() {
    String[] member = {"cluster_enabled:1", "connected_slaves:1"};
    assertThat(with(member).problems(false)).isEmpty();
    assertThat(only(with(member), true).severity()).isEqualTo(Severity.ERROR);
    Problem alone = only(with("cluster_enabled:1"), false);
    assertThat(alone.severity()).isEqualTo(Severity.NOTE);
    assertThat(alone.text()).contains("no replica");
  }
}
