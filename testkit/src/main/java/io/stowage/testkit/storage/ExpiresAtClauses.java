package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Items that say themselves when they expire. */
interface ExpiresAtClauses extends Clauses {

  private static Duration remaining(Storage<?> storage, String id) {
    return storage.ttl(id).remaining().orElseThrow();
  }

  private static void assertExpiresInAnHour(Storage<?> storage, String id) {
    assertThat(remaining(storage, id)).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
  }

  private static Instant inAnHour() {
    return Instant.now().plus(Duration.ofHours(1));
  }

  private static Instant past() {
    return Instant.now().minus(Duration.ofMinutes(5));
  }

  @Clause
  default void s138_formsOfExpiresAt() {
    Storage<Document> storage = stores().plain();
    Instant at = inAnHour();
    storage.save(doc("id", "whole", "expires_at", at.getEpochSecond()));
    storage.save(doc("id", "fraction", "expires_at", at.getEpochSecond() + 0.25));
    storage.save(doc("id", "iso", "expires_at", at.toString()));
    storage.save(doc("id", "offset", "expires_at", at.atOffset(ZoneOffset.ofHours(5)).toString()));
    storage.save(doc("id", "null", "expires_at", null));

    for (String id : List.of("whole", "fraction", "iso", "offset")) {
      assertExpiresInAnHour(storage, id);
    }
    assertThat(storage.ttl("null").isUnlimited()).isTrue();
  }

  @Clause
  default void s139_typedExpiry() {
    Storage<Note> storage = stores().notes();
    storage.save(Note.of("a", "s", 1).expiring(inAnHour()));
    storage.save(Note.of("b", "s", 1));

    assertExpiresInAnHour(storage, "a");
    assertThat(storage.ttl("b").isUnlimited()).isTrue();
  }

  @Clause
  default void s140_ownExpiryWins() {
    for (Ttl ttl :
        List.of(
            Ttl.absolute(Duration.ofMinutes(1)),
            Ttl.absolute(Duration.ofDays(1)),
            Ttl.sliding(Duration.ofMinutes(1)),
            Ttl.sliding(Duration.ofDays(1)))) {
      Storage<Document> storage = stores().expiring(ttl);
      storage.save(doc("id", "a", "session", "s", "expires_at", inAnHour().toString()));

      assertExpiresInAnHour(storage, "a");
      storage.load("a");
      storage.list(where("session").is("s"));
      assertExpiresInAnHour(storage, "a");
    }
  }

  @Clause
  default void s141_itemExpires() {
    Storage<Document> storage = stores().indexed("session");
    storage.save(
        doc("id", "a", "session", "s", "expires_at", Instant.now().plusMillis(300).toString()));

    eventually().until(() -> !storage.exists("a"));
    assertThat(storage.load("a")).isEmpty();
    assertThat(storage.list(where("session").is("s"))).isEmpty();
    assertThat(storage.count(Query.all())).isZero();
  }

  @Clause
  default void s142_alreadyExpired() {
    Storage<Document> storage = stores().indexed("session");
    Document item = doc("id", "a", "session", "s", "expires_at", past().getEpochSecond());

    for (WriteResult result : List.of(storage.save(item), storage.insert(item))) {
      assertThat(result.status()).isEqualTo(Status.ALREADY_EXPIRED);
      assertThat(result.id()).isEqualTo("a");
    }
    assertThat(storage.exists("a")).isFalse();
    assertThat(storage.list(where("session").is("s"))).isEmpty();
    eventually().until(() -> storage.estimateCount(where("session").is("s")) == 0);
  }

  @Clause
  default void s143_alreadyExpiredChangesNothing() {
    Storage<Document> storage = stores().indexed("session");
    Version version = storage.save(doc("id", "a", "session", "s")).storedVersion();
    Document expired = doc("id", "a", "session", "t", "expires_at", past().toString());

    assertThat(storage.save(expired).status()).isEqualTo(Status.ALREADY_EXPIRED);
    assertThat(storage.replace(expired, version).status()).isEqualTo(Status.ALREADY_EXPIRED);
    assertThat(storage.update("a", item -> expired).status()).isEqualTo(Status.ALREADY_EXPIRED);

    assertThat(storage.loadVersioned("a").orElseThrow().version()).isEqualTo(version);
    assertThat(ids(storage, where("session").is("s"))).containsExactly("a");
    assertThat(ids(storage, where("session").is("t"))).isEmpty();
  }

  @Clause
  default void s144_saveAllWithAnExpiredItem() {
    Storage<Document> storage = stores().plain();

    List<WriteResult> results =
        storage.saveAll(
            List.of(
                doc("id", "a"), doc("id", "b", "expires_at", past().toString()), doc("id", "c")));

    assertThat(results)
        .extracting(WriteResult::status)
        .containsExactly(Status.STORED, Status.ALREADY_EXPIRED, Status.STORED);
    assertThat(ids(storage, Query.all().oldestFirst())).containsExactly("a", "c");
  }

  @Clause
  default void s145_expiryIsNotInherited() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a", "expires_at", inAnHour().toString()));
    storage.save(doc("id", "a"));

    assertThat(storage.ttl("a").isUnlimited()).isTrue();
  }

  @Clause
  default void s146_badExpiresAt() {
    Storage<Document> storage = stores().plain();

    for (Object bad : List.of("tomorrow", true, List.of(1), "2025-01-01")) {
      assertThatThrownBy(() -> storage.save(doc("id", "a", "expires_at", bad)))
          .as("%s", bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.toString());
    }
    assertThat(storage.exists("a")).isFalse();
  }
}
