package io.stowage.cli;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What the API stores the commands take and show, and the other way round. */
@Tag("server")
class LimitsTest {

  private static final BigInteger TOO_LONG = BigInteger.TEN.pow(12_000);

  @TempDir static Path directory;
  private static EmbeddedRedis redis;
  private static CommandRun.Setting setting;
  private String store = "";

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.start();
    setting = CommandRun.Setting.in(directory).withUri(redis.uri());
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void nameStore(TestInfo test) {
    store = test.getTestMethod().orElseThrow().getName();
  }

  private static StoragePlatform platform(String codec) {
    return StoragePlatform.builder().uri(redis.uri()).adapter("redis-jedis").codec(codec).open();
  }

  private void save(String codec, Document... items) {
    try (StoragePlatform platform = platform(codec)) {
      platform.store(ItemType.documents(store).build()).saveAll(List.of(items));
    }
  }

  private Document load(String id) {
    try (StoragePlatform platform = platform("json")) {
      return platform.documents(store).load(id).orElseThrow();
    }
  }

  private static Document doc(String id, String name, @Nullable Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", id);
    fields.put(name, value);
    return Document.of(fields);
  }

  /** An object in which so many lists are nested. */
  private static Document nested(String id, int levels) {
    Object value = 1;
    for (int i = 0; i < levels; i++) {
      value = List.of(value);
    }
    return doc(id, "nested", value);
  }

  private CommandRun importing(String text, String... options) {
    List<String> arguments = new ArrayList<>(List.of("import", store, "-"));
    arguments.addAll(List.of(options));
    return setting.withInput(text).run(arguments.toArray(String[]::new));
  }

  @Test
  void theDeepestDocumentIsShownAndImported() {
    save("json", doc("a", "n", 1), nested("deep", 500), doc("z", "n", 2));

    CommandRun list = setting.run("list", store);
    assertThat(list.err()).isEmpty();
    assertThat(list.ids()).containsExactlyInAnyOrder("a", "deep", "z");
    CommandRun get = setting.run("get", store, "deep");
    assertThat(get.exitCode()).as(get.err()).isZero();
    assertThat(setting.run("inspect", store, "deep", "--json", "--decode").out())
        .contains("\"item\":{\"id\":\"deep\"");

    CommandRun again = importing(get.out().replace("deep", "again"));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(load("again")).isEqualTo(nested("again", 500));
  }

  @Test
  void longNumbersAndNamesAreImported() {
    String number = "7".repeat(9_000);
    String name = "n".repeat(100_000);

    CommandRun run =
        importing(
            "{\"id\":\"a\",\"number\":%s,\"%s\":true}".formatted(number, name),
            "--index",
            "number");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(load("a").get("number")).isEqualTo(new BigInteger(number));
    assertThat(load("a").asMap()).containsEntry(name, true);
    assertThat(setting.run("count", store, "--where", "number=" + number).out()).isEqualTo("1\n");
    assertThat(setting.run("list", store).out()).contains(number).contains(name);
    CommandRun tooLong = importing("{\"id\":\"b\",\"number\":%s}".formatted("7".repeat(10_001)));
    assertThat(tooLong.exitCode()).isEqualTo(1);
    assertThat(tooLong.err()).contains("line 1").contains("10000").hasLineCount(1);
  }

  @Test
  void numbersKeepTheirSignAndTheirDigits() {
    CommandRun run = importing("{\"id\":\"a\",\"zero\":-0.0,\"fine\":0.12345678901234567890123}");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(load("a").get("zero")).isEqualTo(-0.0);
    assertThat(load("a").get("fine")).isEqualTo(new BigDecimal("0.12345678901234567890123"));
    assertThat(setting.run("get", store, "a").out())
        .isEqualTo("{\"id\":\"a\",\"zero\":-0.0,\"fine\":0.12345678901234567890123}\n");
  }

  @Test
  void whatJsonCannotHoldIsNamedAndTheRestGoesOnIfWanted() {
    save("kryo", doc("a", "n", 1), doc("huge", "n", TOO_LONG), doc("z", "n", 2));

    CommandRun list = setting.run("list", store);
    assertThat(list.exitCode()).isEqualTo(1);
    assertThat(list.err()).contains("item 'huge' cannot be written as JSON").hasLineCount(1);
    CommandRun skipping = setting.run("list", store, "--skip-corrupted");
    assertThat(skipping.exitCode()).isZero();
    assertThat(skipping.ids()).containsExactlyInAnyOrder("a", "z");
    assertThat(skipping.err()).contains("item 'huge' cannot be written as JSON").hasLineCount(1);
    CommandRun get = setting.run("get", store, "huge");
    assertThat(get.exitCode()).isEqualTo(1);
    assertThat(get.out()).isEmpty();
    assertThat(get.err()).contains("item 'huge' cannot be written as JSON").hasLineCount(1);
  }

  @Test
  void aStoreOfTheApiIsCountedAsTheApiCounts() {
    Document item = doc("a", "n", new BigDecimal("1E+400"));
    save("json", item);

    try (StoragePlatform platform = platform("json")) {
      Storage<Document> storage = platform.documents(store);
      assertThat(storage.count(where("n").is(new BigDecimal("1E+400")))).isEqualTo(1);
    }
    assertThat(setting.run("count", store, "--where", "n=1E+400").out()).isEqualTo("1\n");
    assertThat(setting.run("count", store, "--where", "n>1E+399").out()).isEqualTo("1\n");
  }

  @Test
  void anotherEncodingIsOneLineAndImportsNothing() throws Exception {
    String text = "{\"id\":\"1\"}\n{\"id\":\"2\"}\n";
    for (Charset wide : List.of(StandardCharsets.UTF_16, Charset.forName("x-UTF-16LE-BOM"))) {
      Files.write(directory.resolve("wide"), text.getBytes(wide));
      for (String option : List.of("--compression=none", "--skip-bad")) {
        CommandRun run = setting.run("import", store, "wide", option);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
            .contains("wide")
            .contains("UTF-16")
            .contains("0 items")
            .hasLineCount(1);
      }
    }
    assertThat(setting.run("count", store).err()).contains("there is no store");
  }
}
