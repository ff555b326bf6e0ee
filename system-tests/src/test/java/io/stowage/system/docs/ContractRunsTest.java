package io.stowage.system.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.system.docs.ContractRun.Coding;
import io.stowage.system.docs.ContractRun.Contract;
import io.stowage.system.docs.ContractRun.Deployment;
import io.stowage.system.docs.ContractRun.Place;
import io.stowage.system.docs.ContractRun.Server;
import io.stowage.testkit.port.AdapterContract;
import io.stowage.testkit.storage.StorageContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /**
   * Before tests were moved into tiers, one run of all of them had these; each contract has more
   * clauses since.
   */
  @Test
  void nothingIsLostSinceThereAreTiers() {
    assertThat(places(Contract.PORTS)).containsAll(deployments());
    assertThat(places(Contract.STORAGE)).containsAll(deployments());
    assertThat(clauses(Contract.PORTS)).hasSizeGreaterThanOrEqualTo(165);
    assertThat(clauses(Contract.STORAGE)).hasSizeGreaterThanOrEqualTo(238);
    assertThat(places(Contract.STORAGE)).containsAll(codingsInMemory());
    assertThat(places(Contract.STORAGE).stream().filter(ContractRunsTest::isCodingOnRedis))
        .hasSizeGreaterThanOrEqualTo(6);
  }

  private static Set<Place> places(Contract contract) {
    return runs.stream()
        .filter(run -> run.contract() == contract)
        .map(ContractRun::place)
        .collect(Collectors.toSet());
  }

  private static Set<Place> deployments() {
    Set<Place> places = new HashSet<>();
    places.add(new Place(Deployment.MEMORY, Server.NONE, "", Coding.DEFAULT));
    for (String client : List.of("Lettuce", "Jedis")) {
      for (Server server : Server.values()) {
        if (server != Server.NONE) {
          places.add(new Place(Deployment.STANDALONE, server, client, Coding.DEFAULT));
        }
      }
      for (Server server : List.of(Server.REDIS_6_2, Server.DETECTED)) {
        places.add(new Place(Deployment.TLS_AND_ACL, server, client, Coding.DEFAULT));
        places.add(new Place(Deployment.SENTINEL, server, client, Coding.DEFAULT));
        places.add(new Place(Deployment.CLUSTER, server, client, Coding.DEFAULT));
      }
    }
    return places;
  }

  private static Set<Place> codingsInMemory() {
    Set<Place> places = new HashSet<>();
    for (String codec : List.of("json", "msgpack", "kryo")) {
      for (String compression : Coding.COMPRESSIONS) {
        for (boolean isEncrypted : List.of(false, true)) {
          Coding coding = new Coding(codec, compression, isEncrypted);
          places.add(new Place(Deployment.MEMORY, Server.NONE, "", coding));
        }
      }
    }
    return places;
  }

  private static boolean isCodingOnRedis(Place place) {
    return place.deployment() != Deployment.MEMORY && !place.coding().equals(Coding.DEFAULT);
  }

  /** What the tier quick must not run says so: it starts a server or another process. */
  @Test
  void whatStartsServersIsTagged() throws IOException {
    Pattern starting =
        Pattern.compile(
            "Embedded(Redis|Sentinel|RedisCluster)\\s*\\.\\s*(start\\(|builder\\(\\)[^;]*\\.start\\()"
                + "|RedisServer\\.(bundled|onPath)\\(|new\\s+ProcessBuilder");
    Pattern tag = Pattern.compile("@Tag\\(\"(server|full)\"\\)");
    List<String> untagged = new ArrayList<>();
    int tagged = 0;
    for (Path directory : directories()) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(it -> it.toString().endsWith("Test.java")).toList()) {
          String source = Files.readString(file);
          if (starting.matcher(source).find()) {
            boolean isTagged = tag.matcher(source).find();
            tagged += isTagged ? 1 : 0;
            if (!isTagged) {
              untagged.add(file.toString());
            }
          }
        }
      }
    }

    assertThat(untagged).as("tests that start servers or processes without a tag").isEmpty();
    assertThat(tagged).as("tests that start servers").isGreaterThan(20);
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
