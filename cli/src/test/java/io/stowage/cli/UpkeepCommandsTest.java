package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.embedded.redis.EmbeddedRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** doctor, sweep and reindex over a store of 30 items, of which some keys are damaged. */
@Tag("one-jdk")
@Tag("server")
class UpkeepCommandsTest {

  @TempDir static Path directory;
  private static EmbeddedRedis redis;
  private static CommandRun.Setting setting;
  private static Jedis raw;
  private String store;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.start();
    raw = PatientJedis.connect(redis);
    setting = CommandRun.Setting.in(directory).withUri(redis.uri());
  }

  @AfterAll
  static void stopRedis() {
    raw.close();
    redis.close();
  }

  @BeforeEach
  void fillStore(TestInfo test) {
    store = test.getTestMethod().orElseThrow().getName();
    raw.flushAll();
    String items =
        IntStream.range(0, 30)
            .mapToObj(i -> "{\"id\":\"i%d\",\"type\":\"t%d\",\"n\":%d}".formatted(i, i % 3, i))
            .collect(Collectors.joining("\n"));
    CommandRun run =
        setting.withInput(items).run("import", store, "-", "--index", "type", "--range", "n");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static CommandRun succeed(String... arguments) {
    CommandRun run = setting.run(arguments);
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }

  private static CommandRun fail(String... arguments) {
    CommandRun run = setting.run(arguments);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    return run;
  }

  private byte[] item(String id) {
    return ("stowage:" + store + ":item:" + id).getBytes(StandardCharsets.UTF_8);
  }

  private String entriesOf(String type) {
    return "stowage:" + store + ":idx:type:" + type;
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void doctorOfASoundStore(String adapter) {
    CommandRun run = succeed("doctor", store, "--adapter", adapter);

    assertThat(run.lines().get(0))
        .matches("checked '" + store + "' in \\d+\\.\\d s: 30 records, 60 index entries");
    assertThat(run.lines()).last().isEqualTo("nothing was found");
    assertThat(succeed("doctor", store, "--json", "--adapter", adapter).out())
        .contains("\"store\":\"" + store + "\",\"healthy\":true,\"records\":30,\"entries\":60")
        .contains("\"findings\":{},\"examples\":[],\"repaired\":0")
        .doesNotContain("\"left\"");
  }

  @Test
  void doctorFindsMissingEntriesAndAddsThem() {
    raw.del(entriesOf("t1"));

    CommandRun found = fail("doctor", store);

    assertThat(found.out())
        .contains("  10 index entries missing\n")
        .contains("    'i1': ")
        .contains("--repair mends what can be mended");
    assertThat(found.err()).isEmpty();
    assertThat(fail("doctor", store, "--json").out())
        .contains("\"healthy\":false")
        .contains("\"findings\":{\"missing_entry\":10}")
        .contains("{\"kind\":\"missing_entry\",\"id\":\"i1\",\"detail\":\"");
    assertThat(succeed("count", store, "--where", "type=t1").out()).isEqualTo("0\n");

    CommandRun repaired = succeed("doctor", store, "--repair");

    assertThat(repaired.out())
        .contains("repaired 10, and checked again:")
        .contains("nothing is left");
    assertThat(succeed("count", store, "--where", "type=t1").out()).isEqualTo("10\n");
    succeed("doctor", store);
  }

  @Test
  void doctorLeavesWhatCannotBeDecoded() {
    byte[] record = raw.get(item("i7"));
    record[9] ^= 1;
    raw.set(item("i7"), record);

    assertThat(fail("doctor", store).out()).contains("  1 records that cannot be decoded\n");

    CommandRun run = fail("doctor", store, "--repair", "--json");
    assertThat(run.out()).contains("\"left\":{\"undecodable\":1}").contains("\"healthy\":false");
    assertThat(raw.get(item("i7"))).isEqualTo(record);
  }

  @Test
  void doctorGivesRecordsTheirTtl() {
    assertThat(fail("doctor", store, "--ttl", "1h").out()).contains("  30 records without a TTL\n");

    succeed("doctor", store, "--ttl", "1h", "--repair");

    assertThat(raw.pttl(item("i0"))).isBetween(1L, 3_600_000L);
    succeed("doctor", store, "--ttl", "1h");
  }

  @Test
  void sweepRemovesDeadEntriesThatDoctorCallsHarmless() {
    for (int i = 0; i < 30; i++) {
      raw.del(item("i" + i));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(succeed("doctor", store, "--grace", "10ms").out())
                    .contains("  60 index entries without a record (harmless)\n")
                    .contains("no answer of the store is wrong"));
    assertThat(succeed("sweep", store).out()).as("within 60 s of grace").contains("removed 0");

    CommandRun run = succeed("sweep", store, "--grace", "10ms", "--rate", "1000000");

    assertThat(run.out())
        .matches(
            "swept '"
                + store
                + "' in \\d+\\.\\d s: looked at 60 index entries under 4 values, removed 60\n");
    assertThat(raw.keys("stowage:" + store + ":idx:*")).isEmpty();
    assertThat(raw.keys("stowage:" + store + ":rng:*")).isEmpty();
  }

  @Test
  void aBoundedSweepSaysSo() {
    CommandRun run = succeed("sweep", store, "--max-entries", "1");

    assertThat(run.out())
        .contains("looked at 1 index entries under 1 values, removed 0; it ended before");
  }

  @Test
  void aSweepWhileAnotherProcessSweepsDoesNothing() {
    raw.keys("stowage:" + store + ":lease:*").forEach(raw::del);
    raw.set("stowage:" + store + ":lease:sweep", "another", SetParams.setParams().px(60_000));

    CommandRun run = fail("sweep", store);

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("another process is sweeping").hasLineCount(1);
  }

  @Test
  void reindexAddsAndDrops() {
    CommandRun run =
        succeed("reindex", store, "--index", "id,n.m", "--drop", "type", "--grace", "200ms");

    assertThat(run.out())
        .startsWith("reindexed '" + store + "' in ")
        .contains("added exact index 'id', added exact index 'n.m', dropped exact index 'type'")
        .contains("looked at 30 records, added 30 index entries");
    assertThat(raw.keys(entriesOf("*"))).isEmpty();
    assertThat(raw.exists("stowage:" + store + ":idx:id:i3")).isTrue();
    assertThat(succeed("count", store, "--where", "type=t1").out()).isEqualTo("10\n");
    assertThat(succeed("doctor", store, "--grace", "200ms").out()).contains("nothing was found");
    assertThat(fail("reindex", store, "--drop", "type").err())
        .contains("has no index 'type' to drop");
  }

  @Test
  void reindexChangesTheKindOfAnIndex() {
    assertThat(fail("reindex", store, "--range", "n").err())
        .contains("has the range index 'n' already");

    CommandRun run = succeed("reindex", store, "--index", "n", "--grace", "200ms");

    assertThat(run.out()).contains("added exact index 'n', dropped range index 'n'");
    assertThat(raw.exists("stowage:" + store + ":rng:n")).isFalse();
    assertThat(succeed("list", store, "--where", "n=5").ids()).containsExactly("i5");
  }

  @Test
  void reindexOfWhatCannotBeDecodedFailsAndIsNotRead() {
    byte[] record = raw.get(item("i7"));
    record[9] ^= 1;
    raw.set(item("i7"), record);

    CommandRun run = fail("reindex", store, "--index", "n", "--grace", "100ms");

    assertThat(run.out())
        .contains("not complete")
        .contains("; 1 records cannot be decoded, so queries do not use the new indexes");
    assertThat(raw.get("stowage:" + store + ":meta"))
        .contains("\nbuilding exact n\n")
        .contains("\nrange n\n");
    assertThat(succeed("delete", store, "i7").out()).contains("deleted 1 of 1");
    assertThat(succeed("reindex", store, "--index", "n", "--grace", "100ms").out())
        .contains("added exact index 'n', dropped range index 'n'");
    assertThat(succeed("list", store, "--where", "n=5").ids()).containsExactly("i5");
  }

  @Test
  void progressIsShownOnATerminalOnly() {
    CommandRun run = setting.onTerminal().run("doctor", store);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).startsWith("\r\u001b[K").endsWith("\r\u001b[K").contains(": ");
    assertThat(run.out()).contains("nothing was found").doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void doctorShowsTheServer(String adapter) {
    CommandRun run = succeed("doctor", "--server", "--adapter", adapter);

    assertThat(run.lines().get(0))
        .matches("address +role +product +version +eviction +persistence +replicas");
    assertThat(run.lines().get(1))
        .contains(":" + redis.port())
        .matches("\\S+ +master +redis +\\d+\\.\\d+\\.\\d+ +noeviction +\\S+ +0");
    assertThat(succeed("doctor", "--server", "--json", "--adapter", adapter).out())
        .contains("\"role\":\"master\",\"product\":\"redis\"")
        .contains("\"problems\":[");
  }

  @Test
  void doctorSaysHowMissingRightsAreGiven() {
    raw.aclSetUser("limited", "on", ">sesame", "~stowage:*", "+@all", "-zadd");
    String uri = "redis://limited:sesame@" + redis.host() + ":" + redis.port();

    CommandRun run = fail("doctor", "--server", "--uri", uri);

    assertThat(run.out())
        .contains("error: ")
        .containsPattern("ACL SETUSER limited .*\\+zadd")
        .doesNotContain("sesame");
    assertThat(run.err()).doesNotContain("sesame");
  }

  @Test
  void memoryHasNoServers() {
    CommandRun run = setting.run("doctor", "--server", "--uri", "memory:");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("the adapter memory has no servers\n");
    assertThat(setting.run("doctor", "--server", "--uri", "memory:", "--json").out())
        .isEqualTo("{\"servers\":[],\"problems\":[]}\n");
  }
}
