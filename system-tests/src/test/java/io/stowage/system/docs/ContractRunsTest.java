package io.stowage.system.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.system.docs.ContractRun.Contract;
import io.stowage.system.docs.ContractRun.Tier;
import io.stowage.testkit.port.AdapterContract;
import io.stowage.testkit.storage.StorageContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * docs/testing.md tells on what the contracts run, as the sources have it. The table is written
 * anew by {@code -Dtest=ContractRunsTest -Dstowage.docs.write=true}.
 */
@Tag("one-jdk")
@Tag("slow")
class ContractRunsTest {

  private static final Path PAGE = Path.of("..", "docs", "testing.md");
  private static final String BEGIN = "<!-- made by ContractRunsTest from the sources -->\n";
  private static final String END = "<!-- end of what ContractRunsTest made -->\n";

  private static List<ContractRun> runs;
  private static ContractRunsTable table;

  @BeforeAll
  static void findRuns() throws IOException {
    runs = ContractRuns.in(SourceClasses.of(directories()));
    table = new ContractRunsTable(runs, contract -> clauses(contract).size());
  }

  /** Where the contracts are, and where tests are. */
  private static List<Path> directories() throws IOException {
    List<Path> directories = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      modules
          .sorted()
          .map(module -> module.resolve(Path.of("src", "test", "java")))
          .filter(Files::isDirectory)
          .forEach(directories::add);
    }
    directories.addAll(kit());
    return directories;
  }

  private static List<Path> kit() {
    return Stream.of("testkit", "testkit-redis")
        .map(module -> Path.of("..", module, "src", "main", "java"))
        .toList();
  }

  private static List<Method> clauses(Contract contract) {
    Class<?> type =
        switch (contract) {
          case PORTS -> AdapterContract.class;
          case STORAGE -> StorageContract.class;
        };
    return Stream.of(type.getMethods())
        .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
        .toList();
  }

  @Test
  void thePageTellsWhatTheSourcesSay() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    assertThat(begin).as("'%s' in %s", BEGIN.strip(), PAGE).isNotNegative();
    assertThat(end).as("'%s' in %s", END.strip(), PAGE).isGreaterThan(begin);
    String right =
        page.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + page.substring(end);

    if (Boolean.getBoolean("stowage.docs.write")) {
      Files.writeString(PAGE, right);
      return;
    }

    assertThat(page)
        .as(
            "%s is out of date; write it anew: ./mvnw test -pl system-tests -am"
                + " -Dtest=ContractRunsTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dstowage.docs.write=true",
            PAGE)
        .isEqualTo(right);
  }

  /** Before tests were moved into tiers, this is what one run of all of them had. */
  @Test
  void nothingIsLostSinceThereAreTiers() {
    int ports = 165;
    int storage = 238;
    int clients = 2;
    int deployments = 4 + 3 * 2; // one server of four releases; TLS, Sentinel, Cluster of two
    int onRedis = clients * deployments * (ports + storage);
    int inMemory = (ports + storage) + ports; // as it is, and with nothing but plain ports
    int codings = 30 * storage + 6 * storage; // in memory, on Redis

    assertThat(table.pairs(Tier.FULL)).isGreaterThanOrEqualTo(onRedis + inMemory + codings);
  }

  /**
   * The table counts by class: a clause with a tag of its own would be in other tiers than it says.
   */
  @ParameterizedTest
  @CsvSource({"PORTS", "STORAGE"})
  void noClauseHasATagOfItsOwn(Contract contract) {
    assertThat(clauses(contract))
        .isNotEmpty()
        .allSatisfy(
            clause -> {
              assertThat(AnnotationSupport.findRepeatableAnnotations(clause, Tag.class)).isEmpty();
              assertThat(clause.getDeclaringClass().getAnnotationsByType(Tag.class)).isEmpty();
            });
  }

  @Test
  void everyKindOfRunIsFound() {
    assertThat(runs)
        .extracting(ContractRun::type)
        .contains(
            "io.stowage.adapter.memory.MemoryAdapterContractTest",
            "io.stowage.core.MemoryStorageContractTest",
            "io.stowage.adapter.redis.jedis.JedisStorageContractTest",
            "io.stowage.system.kit.port.PlainPortsContractTest",
            "io.stowage.system.topology.LettuceAdapterDeploymentsTest.ClusterOnOldest",
            "io.stowage.system.coding.KryoStorageContractTest.ZstdWithDictionaryEncrypted",
            "io.stowage.system.coding.RedisCodingsTest.JedisKryoLz4Encrypted")
        .noneMatch(type -> type.contains("Wrong"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          class MineTest   | Topology.of("x"), RedisRelease.DETECTED, "redis-jedis"    | Topology.of(x)
          class MineTest   | Topology.CLUSTER, RedisRelease.REDIS_9, "redis-jedis"     | REDIS_9
          class MineTest   | Topology.CLUSTER, RedisRelease.REDIS_8, "redis-mine"      | redis-mine
          class Mine       | Topology.CLUSTER, RedisRelease.REDIS_8, "redis-jedis"     | surefire
          @Disabled class MineTest | Topology.CLUSTER, RedisRelease.REDIS_8, "redis-jedis" | Disabled
          @Tag("rare") class MineTest | Topology.CLUSTER, RedisRelease.REDIS_8, "redis-jedis" | rare
          """)
  void aRunThatCannotBePlacedIsNamed(String declaration, String arguments, String reason)
      throws IOException {
    String name = declaration.substring(declaration.lastIndexOf(' ') + 1);
    Snippet mine =
        new Snippet(
            name,
            """
            package mine;
            import io.stowage.testkit.redis.*;
            %s extends RedisAdapterContract { %s() { super(%s); } }
            """
                .formatted(declaration, name, arguments));
    SourceClasses sources = SourceClasses.of(kit(), mine);

    assertThatThrownBy(() -> ContractRuns.in(sources))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("mine." + name + ": ")
        .hasMessageContaining(reason);
  }
}
