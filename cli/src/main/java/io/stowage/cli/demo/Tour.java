package io.stowage.cli.demo;

import static io.stowage.api.Query.where;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.Version;
import io.stowage.api.Versioned;
import io.stowage.api.WriteResult;
import java.util.List;
import java.util.Locale;

/** The tour: from the first save to the loss of the server. */
final class Tour {

  private static final ItemType<Document> MESSAGES =
      ItemType.documents("messages")
          .index("session_id", "thread_id", "type")
          .range("created_at")
          .orderedBy("created_at")
          .build();

  private final Stage stage;
  private final Narrator narrator;
  private final long begin;

  /**
   * A tour.
   *
   * @param begin when it began, as {@link System#nanoTime()} has it
   */
  Tour(Stage stage, Narrator narrator, long begin) {
    this.stage = stage;
    this.narrator = narrator;
    this.begin = begin;
  }

  void run() {
    start();
    Storage<Document> messages = store();
    queries(messages);
    update(messages);
    new ExpiryTour(stage, narrator).run();
    new OutageTour(stage, narrator, messages).run();
    end();
  }

  private void start() {
    narrator.title("Start");
    narrator.say(
        stage
            .redis()
            .map(redis -> "a Redis " + redis.version() + " of our own on port " + redis.port())
            .orElse("no server: everything is in this process's memory"));
    narrator.say(
        String.format(
            Locale.ROOT,
            "the adapter is %s; ready after %.1f s",
            stage.platform().adapter(),
            seconds()));
    if (stage.redis().isPresent()) {
      narrator.say("each step tells its cost; commands that a script runs are counted as well");
    }
  }

  private Storage<Document> store() {
    List<Document> sample = SampleMessages.load();
    narrator.title("Save " + sample.size() + " chat messages in one batch");
    narrator.say("three exact indexes (session_id, thread_id, type), one range (created_at)");
    Storage<Document> messages = stage.platform().store(MESSAGES);
    narrator.show(
        "messages.saveAll(sample)",
        () -> messages.saveAll(sample),
        results -> results.stream().filter(WriteResult::isStored).count() + " messages stored");
    return messages;
  }

  private void queries(Storage<Document> messages) {
    narrator.title("Load one by its id");
    Document first =
        narrator
            .show(
                "messages.load(\"m-001\")",
                () -> messages.load("m-001"),
                found -> quote(found.orElseThrow()))
            .orElseThrow();

    narrator.title("A session, oldest first");
    list(
        messages,
        "where(\"session_id\").is(\"s-07\").oldestFirst()",
        where("session_id").is("s-07").oldestFirst());

    narrator.title("The last 3 messages of a thread");
    String thread = String.valueOf(first.get("thread_id"));
    list(
        messages,
        "where(\"thread_id\").is(\"" + thread + "\").newestFirst().limit(3)",
        where("thread_id").is(thread).newestFirst().limit(3));

    narrator.title("Count a type");
    narrator.show(
        "messages.count(where(\"type\").is(\"tool_result\"))",
        () -> messages.count(where("type").is("tool_result")),
        count -> count + " messages");

    narrator.title("A range of time and a field without an index, together");
    Object from = createdAt(messages, "m-120");
    Object to = createdAt(messages, "m-160");
    list(
        messages,
        "where(\"created_at\").atLeast(%s).and(\"created_at\").lessThan(%s).and(\"metadata.turn\").is(0)"
            .formatted(from, to),
        where("created_at")
            .atLeast(from)
            .and("created_at")
            .lessThan(to)
            .and("metadata.turn")
            .is(0)
            .oldestFirst());
  }

  private static Object createdAt(Storage<Document> messages, String id) {
    return messages
        .load(id)
        .map(message -> message.get("created_at"))
        .orElseThrow(() -> new IllegalStateException("message " + id + " is not stored"));
  }

  private void list(Storage<Document> messages, String code, Query query) {
    narrator.show(
        "messages.list(" + code + ")",
        () -> messages.list(query),
        items -> items.size() + " messages; the first says " + quote(items.get(0)));
  }

  private void update(Storage<Document> messages) {
    narrator.title("Change a message only if nobody else did");
    Versioned<Document> read =
        narrator
            .show(
                "messages.loadVersioned(\"m-002\")",
                () -> messages.loadVersioned("m-002"),
                found -> "version " + found.map(Versioned::version).orElseThrow())
            .orElseThrow();
    Version version = read.version();
    replace(messages, read.item().with("content", "Front or back? Disc or rim brakes?"), version);
    narrator.say("the same again, with the version that is now outdated:");
    replace(messages, read.item().with("content", "Hello?"), version);
    narrator.say("or let the store read, change and try again:");
    narrator.show(
        "messages.update(\"m-002\", message -> message.with(\"seen\", true))",
        () -> messages.update("m-002", message -> message.with("seen", true)),
        result -> result.status().toString());
  }

  private void replace(Storage<Document> messages, Document changed, Version expected) {
    narrator.show(
        "messages.replace(changed, " + expected + ")",
        () -> messages.replace(changed, expected),
        result -> result.status().toString());
  }

  private void end() {
    narrator.conclude(String.format(Locale.ROOT, "That was the tour, in %.1f s.", seconds()));
    narrator.say(
        "Your own data: ./stowage import messages FILE.jsonl, then ./stowage list messages");
    narrator.say("Your own code: the hello world in README.md");
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String quote(Document message) {
    return '"' + String.valueOf(message.get("content")) + '"';
  }
}
