package io.stowage.system.docs;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.adapter.redis.common.server.CommandRights;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.ReindexReport;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java in docs is compiled as it stands there, and run where no server is needed for it. */
@Tag("one-jdk")
@Tag("slow")
class DocsTest {

  private static final Path DOCS = Path.of("..", "docs");

  @TempDir Path target;

  @Test
  void everySnippetCompiles() throws Exception {
    try (Stream<Path> files = Files.list(DOCS)) {
      for (Path page : files.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        List<Snippet> snippets = Snippet.in(page);
        if (!snippets.isEmpty()) {
          Path classes = Files.createDirectory(target.resolve(page.getFileName().toString()));
          Compilation.compile(classes, snippets.toArray(Snippet[]::new));
        }
      }
    }
    assertThat(target).isDirectoryContaining("glob:**redis.md");
    assertThat(target).isDirectoryContaining("glob:**maintenance.md");
  }

  @Test
  void transfer() throws Exception {
    try (StoragePlatform platform = memory();
        Shown shown = new Shown("Transfer")) {
      Storage<Document> accounts = platform.store(ItemType.documents("accounts").build());
      accounts.save(Document.of(Map.of("id", "a", "balance", 10)));
      accounts.save(Document.of(Map.of("id", "b", "balance", 1)));

      assertThat(shown.call("move", accounts, "a", "b", 4)).isEqualTo(true);
      assertThat(shown.call("move", accounts, "a", "b", 4))
          .as("the receipt is there")
          .isEqualTo(false);

      assertThat(accounts.load("a").orElseThrow().get("balance")).isEqualTo(6L);
      assertThat(accounts.load("b").orElseThrow().get("balance")).isEqualTo(5L);
    }
  }

  @Test
  void reindexing() throws Exception {
    StoreOptions options = StoreOptions.builder().gracePeriod(Duration.ofMillis(200)).build();
    try (StoragePlatform platform = memory();
        Shown shown = new Shown("Reindexing")) {
      ItemType<Document> before =
          ItemType.documents("messages").index("session_id", "type").build();
      platform
          .store(before, options)
          .save(Document.of(Map.of("id", "m", "user_id", "u", "score", 3)));

      ReindexReport report =
          (ReindexReport) Objects.requireNonNull(shown.call("run", platform, options));

      assertThat(report.added()).hasToString("[exact index 'user_id', range index 'score']");
      assertThat(report.dropped()).hasToString("[exact index 'type']");
      assertThat(platform.documents("messages", options).list(where("user_id").is("u"))).hasSize(1);
    }
  }

  @Test
  void doctor() throws Exception {
    try (StoragePlatform platform = memory();
        Shown shown = new Shown("Doctor")) {
      ItemType<Document> type = ItemType.documents("messages").index("session_id").build();
      Storage<Document> messages = platform.store(type);
      messages.save(Document.of(Map.of("id", "m", "session_id", "s")));

      assertThat(shown.call("mend", platform, type)).as("it has no TTL").isEqualTo(true);

      assertThat(messages.ttl("m").remaining()).isPresent();
      assertThat(shown.call("mend", platform, type)).isEqualTo(false);
    }
  }

  @Test
  void sweeping() throws Exception {
    try (Shown shown = new Shown("Sweeping")) {
      StoragePlatform.Builder counted =
          (StoragePlatform.Builder)
              Objects.requireNonNull(shown.call("counted", StoragePlatform.builder()));

      assertThat(counted.settings().listener().getClass().getName()).startsWith("Sweeping");
    }
  }

  @Test
  void rightsAreThoseThatTheAdaptersUse() throws Exception {
    String page = Files.readString(DOCS.resolve("redis.md"));

    for (RedisUri.Topology topology : RedisUri.Topology.values()) {
      assertThat(page.lines())
          .as("%s", topology)
          .contains("ACL SETUSER shop on >password " + CommandRights.line("stowage:", topology));
    }
    assertThat(page.lines())
        .contains(
            "ACL SETUSER watcher on >password "
                + String.join(" ", CommandRights.rulesOnSentinel()));
  }

  private static StoragePlatform memory() {
    return StoragePlatform.builder().uri("memory:").adapter("memory").open();
  }

  /** A class of docs/maintenance.md, compiled and loaded. */
  private final class Shown implements AutoCloseable {

    private final URLClassLoader loader;
    private final Class<?> type;

    Shown(String name) throws Exception {
      Snippet[] snippets = Snippet.in(DOCS.resolve("maintenance.md")).toArray(Snippet[]::new);
      Compilation.compile(target, snippets);
      loader =
          new URLClassLoader(new URL[] {target.toUri().toURL()}, DocsTest.class.getClassLoader());
      type = loader.loadClass(name);
    }

    @Nullable Object call(String name, Object... arguments) throws Exception {
      Method method =
          Arrays.stream(type.getDeclaredMethods())
              .filter(candidate -> candidate.getName().equals(name))
              .findFirst()
              .orElseThrow();
      method.setAccessible(true);
      return method.invoke(null, arguments);
    }

    @Override
    public void close() throws java.io.IOException {
      loader.close();
    }
  }
}
