package io.stowage.cli.demo;

import static io.stowage.api.Query.where;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of the tour where an item expires, and its index entries with it. */
final class ExpiryTour {

  private static final ItemType<Document> NOTICES =
      ItemType.documents("notices").index("session_id", "type").build();
  private static final String INDEX_KEYS = "*notices:idx:*";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Stage stage;
  private final Narrator narrator;

  ExpiryTour(Stage stage, Narrator narrator) {
    this.stage = stage;
    this.narrator = narrator;
  }

  void run() {
    narrator.title("Let an item expire, and see its index entries go");
    narrator.say("a store with a TTL of 800 ms and, for the tour, a grace period of 500 ms");
    StoreOptions options =
        StoreOptions.builder()
            .ttl(Ttl.absolute(Duration.ofMillis(800)))
            .gracePeriod(Duration.ofMillis(500))
            .build();
    Storage<Document> notices = stage.platform().store(NOTICES, options);
    Document notice =
        Document.of(Map.of("id", "n-1", "session_id", "s-07", "type", "typing", "who", "Ada"));
    narrator.show(
        "notices.save(notice)", () -> notices.save(notice), result -> result.status().toString());
    tellIndexKeys();
    narrator.show(
        "notices.ttl(\"n-1\")",
        () -> notices.ttl("n-1"),
        ttl -> ttl + " from now, then it is absent");

    Duration expiry = Deadline.await("the item expires", PATIENCE, () -> !notices.exists("n-1"));
    narrator.say("... " + expiry.toMillis() + " ms later it has expired");
    tellIndexKeys();
    narrator.show(
        "notices.list(where(\"session_id\").is(\"s-07\"))",
        () -> notices.list(where("session_id").is("s-07")),
        items -> items.size() + " items: what is left in an index is never returned");

    if (stage.redis().isPresent()) {
      cleanUp(notices);
    }
  }

  private void cleanUp(Storage<Document> notices) {
    Duration cleanUp =
        Deadline.await(
            "queries clean the indexes up", PATIENCE, () -> isCleanAfterQueries(notices));
    narrator.say(
        "... "
            + cleanUp.toMillis()
            + " ms later the queries that met the dead entries have removed them");
    tellIndexKeys();
  }

  private boolean isCleanAfterQueries(Storage<Document> notices) {
    notices.list(where("session_id").is("s-07"));
    notices.list(where("type").is("typing"));
    return stage.keys(INDEX_KEYS).map(List::isEmpty).orElseThrow();
  }

  private void tellIndexKeys() {
    Optional<List<String>> keys = stage.keys(INDEX_KEYS);
    keys.ifPresent(
        found ->
            narrator.say(
                found.isEmpty() ? "index keys in Redis: none" : "index keys in Redis: " + found));
  }
}
