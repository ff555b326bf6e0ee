package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.serialization.encryption.KeySetFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** inspect, dictionary, rotate-key, and the options about how items are stored. */
@Tag("one-jdk")
@Tag("server")
class StoredFormCommandsTest {

  private static final int ITEMS = 300;

  @TempDir static Path directory;
  private static EmbeddedRedis redis;
  private static CommandRun.Setting setting;
  private static Jedis raw;
  private String store;

  @BeforeAll
  static void startRedis() throws IOException {
    redis = EmbeddedRedis.start();
    raw = PatientJedis.connect(redis);
    setting = CommandRun.Setting.in(directory).withUri(redis.uri());
    KeySetFile.create(directory.resolve("keys.json"));
  }

  @AfterAll
  static void stopRedis() {
    raw.close();
    redis.close();
  }

  @BeforeEach
  void nameStore(TestInfo test) {
    store = test.getTestMethod().orElseThrow().getName();
    raw.flushAll();
  }

  private static String items() {
    return IntStream.range(0, ITEMS)
        .mapToObj(
            i ->
                "{\"id\":\"i%d\",\"type\":\"t%d\",\"text\":\"please find a table for %d people\"}"
                    .formatted(i, i % 3, i))
        .collect(Collectors.joining("\n"));
  }

  private CommandRun load(String... options) {
    List<String> arguments = new ArrayList<>(List.of("import", store, "-"));
    arguments.addAll(List.of(options));
    CommandRun run = setting.withInput(items()).run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static CommandRun succeed(String... arguments) {
    CommandRun run = setting.run(arguments);
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }

  private static CommandRun fail(int exitCode, String... arguments) {
    CommandRun run = setting.run(arguments);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
    return run;
  }

  private byte[] item(String id) {
    return ("stowage:" + store + ":item:" + id).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"json,gzip:9", "msgpack,zstd", "kryo,lz4", "msgpack,none", "json,none"})
  void whatIsImportedInAnyFormIsReadWithoutOptions(String codec, String compression) {
    load("--codec", codec, "--compression", compression, "--index", "type");

    assertThat(succeed("count", store, "--where", "type=t1").out()).isEqualTo("100\n");
    assertThat(succeed("get", store, "i7").out())
        .contains("\"id\":\"i7\"")
        .contains("\"text\":\"please find a table for 7 people\"");
    assertThat(succeed("inspect", store, "i7").out()).contains("codec        " + codec + ",");
  }

  @Test
  void inspectTellsWhatIsStored() {
    load("--compression", "gzip", "--index", "type", "--ttl", "1h");

    List<String> lines = succeed("inspect", store, "i7", "--decode").lines();

    assertThat(lines).anyMatch(line -> line.matches("id +i7"));
    assertThat(lines).anyMatch(line -> line.matches("version +\\w+ of 20.*Z"));
    assertThat(lines).anyMatch(line -> line.matches("stored +\\d+ bytes of \\d+ bytes encoded"));
    assertThat(lines).anyMatch(line -> line.matches("encryption +none"));
    assertThat(lines).anyMatch(line -> line.matches("entry +exact type = t1 at \\d+"));
    assertThat(lines).last().asString().startsWith("{").contains("\"id\":\"i7\"");
    assertThat(succeed("inspect", store, "i7", "--json").out())
        .contains("\"id\":\"i7\"")
        .contains("\"codec\":\"json\",\"schema_version\":1")
        .contains("{\"index\":\"type\",\"kind\":\"exact\",\"value\":\"t1\"")
        .doesNotContain("\"item\"");
    assertThat(succeed("inspect", store, "i7", "--json", "--decode").out())
        .contains("\"item\":{\"id\":\"i7\"");
  }

  @Test
  void inspectOfNoItemFails() {
    load();
    assertThat(fail(1, "inspect", store, "absent").err()).contains("no item 'absent'");
    assertThat(fail(1, "inspect", "none", "i7").err()).contains("no store 'none'");
  }

  @Test
  void damagedItemsAreNamedAndPassedOver() {
    load("--index", "type");
    raw.setrange(item("i7"), 20, "#".getBytes(StandardCharsets.UTF_8));

    assertThat(fail(1, "list", store).err()).contains("'i7'").contains("checksum");
    CommandRun rest = setting.run("list", store, "--skip-corrupted");
    assertThat(rest.exitCode()).isZero();
    assertThat(rest.ids()).hasSize(ITEMS - 1).doesNotContain("i7");
    assertThat(rest.err().lines()).singleElement().asString().contains("'i7'");
    CommandRun inspected = fail(1, "inspect", store, "i7", "--decode");
    assertThat(inspected.out()).contains("damage").contains("checksum").doesNotContain("{");
    assertThat(fail(1, "doctor", store, "--json").out()).contains("\"undecodable\":1");
  }

  @Test
  void aDictionaryIsTrainedAndUsed() {
    load("--compression", "zstd");
    assertThat(succeed("inspect", store, "i7").out()).doesNotContain("dictionary");

    assertThat(succeed("dictionary", "train", store, "--max-size", "2048").out())
        .matches(
            "(?s)trained dictionary \\d+ of '"
                + store
                + "' in .* s: [\\d,]+ bytes from 300 items; these take [\\d,]+ bytes, [\\d,]+"
                + " compressed with it, [\\d,]+ as before\n");
    load("--compression", "zstd");
    assertThat(succeed("inspect", store, "i7").out()).containsPattern("zstd with dictionary \\d+");
    assertThat(succeed("list", store).lines()).hasSize(ITEMS);
  }

  @Test
  void aDictionaryNeedsItems() {
    CommandRun few =
        setting.withInput("{\"id\":\"only\"}").run("import", store, "-", "--compression", "zstd");
    assertThat(few.exitCode()).isZero();

    assertThat(fail(1, "dictionary", "train", store).err()).isNotBlank();
    assertThat(fail(2, "dictionary", "train", store, "--max-size", "7").err())
        .contains("maxBytes is 7");
    assertThat(fail(2, "dictionary").err()).contains("train");
  }

  @Test
  void anEncryptedStoreIsReadWithItsKeysOnly() throws IOException {
    load("--blind", "type", "--key-file", "keys.json");

    assertThat(succeed("count", store, "--where", "type=t1", "--key-file", "keys.json").out())
        .isEqualTo("100\n");
    // Any two characters may stand in a hash in Base64, by chance.
    assertThat(raw.keys("*"))
        .noneMatch(key -> key.replaceFirst(":bld:type:[\\w-]{43}$", "").contains("t1"));
    CommandRun without = fail(2, "get", store, "i7");
    assertThat(without.err()).contains("encryption");
    Map<String, String> variables =
        Map.of(
            "STOWAGE_URI", redis.uri(),
            "STOWAGE_KEYS", Files.readString(directory.resolve("keys.json")));
    assertThat(setting.withVariables(variables).run("get", store, "i7").out())
        .contains("\"type\":\"t1\"");
    assertThat(succeed("inspect", store, "i7", "--key-file", "keys.json").out())
        .contains("under key");
  }

  @Test
  void keysAreRotated() throws IOException {
    load("--key-file", "keys.json");
    Path rotated = directory.resolve("rotated.json");
    Files.copy(directory.resolve("keys.json"), rotated);
    long added = KeySetFile.add(rotated);
    KeySetFile.promote(rotated, added);

    assertThat(succeed("rotate-key", store, "--key-file", "rotated.json").out())
        .matches(
            "encrypted '"
                + store
                + "' under key "
                + added
                + " in .* s: looked at 300 records, encrypted 300\n");
    assertThat(succeed("inspect", store, "i7", "--key-file", "rotated.json").out())
        .contains("under key " + added);
    assertThat(fail(1, "get", store, "i7", "--key-file", "keys.json").err())
        .contains("'i7'")
        .contains("key " + added);
    assertThat(fail(2, "rotate-key", store).err()).contains("--key-file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"brotli", "zstd:20", "gzip:0", "lz4:1", "zstd:", "ZSTD"})
  void unknownCompressionsAreRefused(String compression) {
    CommandRun run =
        setting.withInput(items()).run("import", store, "-", "--compression", compression);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'" + compression + "'").contains("zstd[:1-19]");
    assertThat(raw.dbSize()).isZero();
  }

  @Test
  void badOptionsChangeNothing() throws IOException {
    CommandRun codec = setting.withInput(items()).run("import", store, "-", "--codec", "xml");
    assertThat(codec.exitCode()).isEqualTo(2);
    assertThat(codec.err()).contains("'xml'").contains("msgpack");
    CommandRun blind = setting.withInput(items()).run("import", store, "-", "--blind", "type");
    assertThat(blind.exitCode()).isNotZero();
    assertThat(blind.err()).contains("'type'").contains("blind");
    CommandRun file = setting.withInput(items()).run("import", store, "-", "--key-file", "none");
    assertThat(file.exitCode()).isEqualTo(1);
    assertThat(file.err()).contains("--key-file");
    Files.writeString(directory.resolve("odd.json"), "{\"key\":\"c2VjcmV0\"}");
    CommandRun odd = setting.withInput(items()).run("import", store, "-", "--key-file", "odd.json");
    assertThat(odd.exitCode()).isNotZero();
    assertThat(odd.err()).contains("key set").doesNotContain("c2VjcmV0");
    assertThat(raw.dbSize()).isZero();
  }

  @Test
  void anExactIndexBecomesBlind() {
    load("--index", "type", "--key-file", "keys.json");
    CommandRun run =
        setting.run(
            "reindex", store, "--blind", "type", "--grace", "100ms", "--key-file", "keys.json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("blind index 'type'");
    assertThat(succeed("count", store, "--where", "type=t2", "--key-file", "keys.json").out())
        .isEqualTo("100\n");
    assertThat(raw.keys("*:idx:type:*")).isEmpty();
    assertThat(raw.keys("*:bld:type:*")).hasSize(3);
  }
}
