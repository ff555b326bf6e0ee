package io.stowage.cli.demo;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.embedded.redis.EmbeddedRedis;
import java.time.Duration;
import java.util.Optional;

/** The part of the tour where the server dies and comes back. */
final class OutageTour {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Stage stage;
  private final Narrator narrator;
  private final Storage<Document> messages;

  OutageTour(Stage stage, Narrator narrator, Storage<Document> messages) {
    this.stage = stage;
    this.narrator = narrator;
    this.messages = messages;
  }

  void run() {
    narrator.title("Kill the server, and recover");
    Optional<EmbeddedRedis> redis = stage.redis();
    if (redis.isEmpty()) {
      narrator.say("not applicable: the data is in this process's memory and dies with it;");
      narrator.say("run the tour with --adapter redis-lettuce to see it");
      return;
    }
    long stored = messages.count(Query.all());
    outage(redis.get());
    recovery(redis.get(), stored);
  }

  private void outage(EmbeddedRedis redis) {
    long pid = redis.pid();
    redis.kill();
    narrator.say("killed the Redis process " + pid);
    narrator.say("> messages.load(\"m-001\")");
    long begin = System.nanoTime();
    try {
      messages.load("m-001");
    } catch (StorageException e) {
      long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      narrator.say("= " + e.getClass().getSimpleName() + " after " + millis + " ms: ");
      narrator.say("  " + ErrorLine.of(e));
      narrator.say(
          "  transient: "
              + (e.isTransient() ? "yes, another try makes sense" : "no")
              + "; outcome: "
              + e.outcome());
      return;
    }
    throw new IllegalStateException("a load without a server succeeded");
  }

  private void recovery(EmbeddedRedis redis, long stored) {
    redis.restart();
    narrator.say("started it again as process " + redis.pid() + ", on the same port and data");
    Duration recovery = Deadline.await("the store serves again", PATIENCE, this::isServed);
    narrator.say("... " + recovery.toMillis() + " ms later the same store object serves again:");
    narrator.show(
        "messages.count(Query.all())",
        () -> messages.count(Query.all()),
        count -> count + " of " + stored + " messages are there");
  }

  private boolean isServed() {
    try {
      messages.exists("m-001");
      return true;
    } catch (StorageException e) {
      if (e.isTransient()) {
        return false;
      }
      throw e;
    }
  }
}
