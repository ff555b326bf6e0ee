package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;

/** Writes that depend on what is stored: insert and replace. */
interface ConditionalWriteClauses extends Clauses {

  @Clause
  default void s015_insertOnlyIfAbsent() {
    Storage<Document> storage = stores().indexed("session");

    WriteResult first = storage.insert(doc("id", "a", "session", "x"));
    WriteResult second = storage.insert(doc("id", "a", "session", "y"));

    assertThat(first.status()).isEqualTo(Status.STORED);
    assertThat(second.status()).isEqualTo(Status.ALREADY_EXISTS);
    assertThat(second.version()).contains(first.storedVersion());
    assertThat(storage.load("a")).contains(doc("id", "a", "session", "x"));
    assertThat(ids(storage, where("session").is("x"))).containsExactly("a");
    assertThat(ids(storage, where("session").is("y"))).isEmpty();
  }

  @Clause
  default void s016_insertAfterDelete() {
    Storage<Document> storage = stores().indexed("session");
    storage.save(doc("id", "a", "session", "x"));
    storage.delete("a");

    assertThat(storage.insert(doc("id", "a", "session", "y")).status()).isEqualTo(Status.STORED);
    assertThat(ids(storage, where("session").is("y"))).containsExactly("a");
  }

  @Clause
  default void s017_insertGeneratesAnId() {
    Storage<Document> storage = stores().plain();

    WriteResult result = storage.insert(doc("text", "x"));

    assertThat(result.status()).isEqualTo(Status.STORED);
    assertThat(storage.load(result.id())).contains(doc("text", "x", "id", result.id()));
  }

  @Clause
  default void s018_replaceAtTheRightVersion() {
    Storage<Document> storage = stores().indexed("session");
    Version version = storage.save(doc("id", "a", "session", "x")).storedVersion();

    WriteResult result = storage.replace(doc("id", "a", "session", "y"), version);

    assertThat(result.status()).isEqualTo(Status.STORED);
    assertThat(result.storedVersion().isNewerThan(version)).isTrue();
    assertThat(ids(storage, where("session").is("x"))).isEmpty();
    assertThat(ids(storage, where("session").is("y"))).containsExactly("a");
  }

  @Clause
  default void s019_replaceAtAWrongVersion() {
    Storage<Document> storage = stores().indexed("session");
    Version old = storage.save(doc("id", "a", "session", "x")).storedVersion();
    Version standing = storage.save(doc("id", "a", "session", "y")).storedVersion();

    WriteResult result = storage.replace(doc("id", "a", "session", "z"), old);

    assertThat(result.status()).isEqualTo(Status.VERSION_CONFLICT);
    assertThat(result.version()).contains(standing);
    assertThat(storage.load("a")).contains(doc("id", "a", "session", "y"));
    assertThat(ids(storage, where("session").is("y"))).containsExactly("a");
    assertThat(ids(storage, where("session").is("z"))).isEmpty();
  }

  @Clause
  default void s020_replaceAtAGreaterVersion() {
    Storage<Document> storage = stores().plain();
    Version standing = storage.save(doc("id", "a", "n", 1)).storedVersion();

    WriteResult result =
        storage.replace(doc("id", "a", "n", 2), new Version(standing.bits() + (1L << 40)));

    assertThat(result.status()).isEqualTo(Status.VERSION_CONFLICT);
    assertThat(storage.load("a")).contains(doc("id", "a", "n", 1));
  }

  @Clause
  default void s021_replaceOfAnAbsentItem() {
    Storage<Document> storage = stores().indexed("session");
    Version version = storage.save(doc("id", "a", "session", "x")).storedVersion();
    storage.delete("a");

    WriteResult result = storage.replace(doc("id", "a", "session", "x"), version);

    assertThat(result.status()).isEqualTo(Status.ABSENT);
    assertThat(result.version()).isEmpty();
    assertThat(storage.exists("a")).isFalse();
    assertThat(ids(storage, where("session").is("x"))).isEmpty();
  }

  @Clause
  default void s022_aVersionServesOnce() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a", "n", 0));
    Version read = storage.loadVersioned("a").orElseThrow().version();

    assertThat(storage.replace(doc("id", "a", "n", 1), read).status()).isEqualTo(Status.STORED);
    assertThat(storage.replace(doc("id", "a", "n", 2), read).status())
        .isEqualTo(Status.VERSION_CONFLICT);
    assertThat(storage.load("a")).contains(doc("id", "a", "n", 1));
  }
}
