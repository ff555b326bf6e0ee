package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.embedded.redis.EmbeddedRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** get, list, count and delete over a store of five items. */
@Tag("server")
class QueryCommandsTest {

  private static final String ITEMS =
      """
      {"id":"a","session_id":"1_00000","type":"user","n":1,"metadata":{"turn":0},"content":"Grüße 🌍"}
      {"id":"b","session_id":"1_00000","type":"system","n":2,"metadata":{"turn":1}}
      {"id":"c","session_id":"12","type":"user","n":3,"metadata":{"turn":2},"seen":true}
      {"id":"d","session_id":12,"type":"user","n":4,"metadata":{"turn":3},"seen":"true"}
      {"id":"e","session_id":"null","type":"tool","n":5.5}
      """;

  @TempDir static Path directory;
  private static EmbeddedRedis redis;
  private static CommandRun.Setting setting;

  @BeforeAll
  static void importItems() {
    redis = EmbeddedRedis.start();
    setting = CommandRun.Setting.in(directory).withUri(redis.uri());
    CommandRun run =
        setting
            .withInput(ITEMS)
            .run(
                "import",
                "items",
                "-",
                "--index",
                "session_id,type",
                "--range",
                "n",
                "--order",
                "n");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @Test
  void placesInListsAndNamesWithDots() {
    CommandRun run =
        setting
            .withInput(
                """
                {"id":"a","turns":[{"who":"x"},{"who":"y"}],"x.trace":1}
                {"id":"b","turns":[{"who":"y"}],"x":{"trace":1}}
                """)
            .run("import", "paths", "-", "--index", "turns.0.who,x\\.trace");
    assertThat(run.err()).isEmpty();

    assertThat(setting.run("list", "paths", "--where", "turns.0.who=y").ids()).containsExactly("b");
    assertThat(setting.run("list", "paths", "--where", "turns.1.who=y").ids()).containsExactly("a");
    assertThat(setting.run("list", "paths", "--where", "x\\.trace=1").ids()).containsExactly("a");
    assertThat(setting.run("list", "paths", "--where", "x.trace=1").ids()).containsExactly("b");
    assertThat(setting.run("list", "paths", "--filter", "{\"x\\\\.trace\":1}").ids())
        .containsExactly("a");
  }

  @Test
  void getPrintsTheItemAndNothingElse() {
    CommandRun run = setting.run("get", "items", "a");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(ITEMS.lines().findFirst().orElseThrow() + "\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void getOfAMissingIdFailsAndPrintsNoItem() {
    CommandRun run = setting.run("get", "items", "nosuch");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("stowage get: there is no item 'nosuch' in store 'items'\n");
  }

  @Test
  void listIsOldestFirst() {
    assertThat(setting.run("list", "items").ids()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void listPrintsOneItemALine() {
    CommandRun run = setting.run("list", "items");

    assertThat(run.out()).isEqualTo(ITEMS);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void newestAndLimitGiveTheLastOnes() {
    assertThat(setting.run("list", "items", "--newest", "--limit", "2").ids())
        .containsExactly("e", "d");
  }

  @Test
  void limitAloneGivesTheFirstOnes() {
    assertThat(setting.run("list", "items", "--limit", "2").ids()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "session_id=1_00000 | ab",
        "session_id=12 | cd",
        "session_id!=12 | abe",
        "session_id=null | e",
        "seen=true | cd",
        "type!=user | be",
        "n>=4 | de",
        "n>4 | e",
        "n<2 | a",
        "n<=2 | ab",
        "n=5.5 | e",
        "n=5.50 | e",
        "metadata.turn>1 | cd",
        "content=Grüße 🌍 | a",
        "nosuch=x | ''",
        "type= | ''"
      })
  void whereSelects(String clause, String expected) {
    CommandRun run = setting.run("list", "items", "--where", clause);

    assertThat(run.err()).isEmpty();
    assertThat(String.join("", run.ids())).isEqualTo(expected);
  }

  @Test
  void severalConditionsAndAFilterMustAllHold() {
    CommandRun run =
        setting.run(
            "list",
            "items",
            "--where",
            "type=user",
            "--where",
            "n>1",
            "--filter",
            "{\"n\":{\"$lt\":4}}");

    assertThat(run.ids()).containsExactly("c");
  }

  @Test
  void filterCombines() {
    CommandRun run =
        setting.run(
            "list",
            "items",
            "--filter",
            "{\"$or\":[{\"type\":\"tool\"},{\"metadata.turn\":{\"$in\":[0,1]}}]}");

    assertThat(run.ids()).containsExactly("a", "b", "e");
  }

  @Test
  void countPrintsTheNumberAlone() {
    CommandRun run = setting.run("count", "items", "--where", "type=user");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("3\n");
    assertThat(run.err()).isEmpty();
    assertThat(setting.run("count", "items").out()).isEqualTo("5\n");
  }

  @Test
  void countAndListAgreeThroughBothAdapters() {
    for (String adapter : new String[] {"redis-lettuce", "redis-jedis"}) {
      assertThat(setting.run("count", "items", "--adapter", adapter).out()).isEqualTo("5\n");
      assertThat(setting.run("list", "items", "--adapter", adapter).out()).isEqualTo(ITEMS);
    }
  }

  @Test
  void deleteRemovesWhatIsThereAndSaysHowMany() {
    setting
        .withInput("{\"id\":\"x\"}\n{\"id\":\"-1\"}\n{\"id\":\"@z\"}")
        .run("import", "waste", "-");

    CommandRun run = setting.run("delete", "waste", "x", "nosuch", "x", "@z", "--", "-1");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("deleted 3 of 4 items from 'waste'\n");
    assertThat(setting.run("count", "waste").out()).isEqualTo("0\n");
  }

  @Test
  void uriOptionWinsOverTheVariable() {
    CommandRun run =
        CommandRun.Setting.in(directory)
            .withUri("redis://localhost:1")
            .run("count", "items", "--uri", redis.uri());

    assertThat(run.out()).isEqualTo("5\n");
  }
}
