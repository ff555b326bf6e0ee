package io.stowage.testkit.storage;

import static io.stowage.testkit.storage.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.Ttl;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import io.stowage.testkit.storage.TtlAct.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TTL that an item has after each operation, by the TTL of its store, its own expiry, and
 * whether it was touched before. They differ by minutes, so that no pause of the machine can
 * matter.
 */
interface TtlTableClauses extends Clauses {

  /** The TTL of the store, where it has one. */
  Duration OF_STORE = Duration.ofHours(1);

  /** The TTL by the expiry that some items bring. */
  Duration OWN = Duration.ofHours(2);

  /** What items are touched with: less and more than any of the others. */
  List<Duration> TOUCHES = List.of(Duration.ofMinutes(10), Duration.ofHours(24));

  @Clause
  default void s266_ttlAfterEachOperationWithoutATtlOfTheStore() {
    checkTable(Ttl.none(), null);
  }

  @Clause
  default void s267_ttlAfterEachOperationWithAnAbsoluteTtl() {
    checkTable(Ttl.absolute(OF_STORE), OF_STORE);
  }

  @Clause
  default void s268_ttlAfterEachOperationWithASlidingTtl() {
    checkTable(Ttl.sliding(OF_STORE), OF_STORE);
  }

  @Clause
  default void s269_anUpdateLosesNoTouchAndNeedsNoExpiryToCome() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "met"));
    storage.update(
        "met",
        item -> {
          storage.touch("met", OWN);
          return item.with("n", 1);
        });
    assertLives("met", storage, OWN);

    Instant[] end = {Instant.EPOCH};
    eventually()
        .until(
            () -> {
              end[0] = Instant.now().plusMillis(250);
              storage.save(doc("id", "outlived", "expires_at", end[0].toString()));
              return storage.touch("outlived", OWN);
            });
    eventually().until(() -> Instant.now().isAfter(end[0].plusMillis(10)));
    assertThat(storage.update("outlived", item -> item.with("n", 1)).status())
        .isEqualTo(Status.STORED);
    assertLives("outlived", storage, OWN);
  }

  /** A document to do something to, and the TTL that it was touched with; null if it was not. */
  record Subject(TtlAct act, Document item, @Nullable Duration touched) {

    String id() {
      return Docs.idOf(item);
    }

    boolean hasOwnExpiry() {
      return item.get("expires_at") != null;
    }
  }

  private void checkTable(Ttl ttl, @Nullable Duration ofStore) {
    Storage<Document> storage = stores().expiring(ttl);
    List<Subject> subjects = subjects();
    storage.saveAll(subjects.stream().map(Subject::item).toList());
    for (Subject subject : subjects) {
      Duration touched = subject.touched();
      if (touched != null) {
        assertThat(storage.touch(subject.id(), touched)).as(subject.id()).isTrue();
      }
      subject.act().on(storage, subject.item());
    }
    boolean isSliding = ttl.policy().equals("sliding");
    for (Subject subject : subjects) {
      assertLives(subject.id(), storage, expected(subject, isSliding, ofStore));
    }
  }

  private static List<Subject> subjects() {
    List<@Nullable Duration> touches = new ArrayList<>(TOUCHES);
    touches.add(null);
    String own = Instant.now().plus(OWN).toString();
    List<Subject> subjects = new ArrayList<>();
    for (TtlAct act : TtlAct.values()) {
      for (Duration touched : touches) {
        String id = act + ", touched " + touched;
        subjects.add(new Subject(act, doc("id", id, "session", id), touched));
        String owning = id + ", own expiry";
        Document item = doc("id", owning, "session", owning, "expires_at", own);
        subjects.add(new Subject(act, item, touched));
      }
    }
    return subjects;
  }

  /** How long an item lives; null for ever. */
  private static @Nullable Duration expected(
      Subject subject, boolean isSliding, @Nullable Duration ofStore) {
    Duration saved = subject.hasOwnExpiry() ? OWN : ofStore;
    Duration touched = subject.touched();
    Duration before = touched == null ? saved : touched;
    Life life = subject.act().life(isSliding, subject.hasOwnExpiry());
    return switch (life) {
      case SAVED -> saved;
      case STORE -> ofStore;
      case KEPT -> before;
      case EXTENDED -> before == null || before.compareTo(OF_STORE) < 0 ? OF_STORE : before;
      case SET -> TtlAct.GIVEN;
    };
  }

  private static void assertLives(
      String id, Storage<Document> storage, @Nullable Duration expected) {
    if (expected == null) {
      assertThat(storage.ttl(id).isUnlimited()).as("unlimited is %s", id).isTrue();
    } else {
      assertThat(storage.ttl(id).remaining().orElse(Duration.ZERO))
          .as(id)
          .isBetween(expected.minusMinutes(5), expected.plusMinutes(1));
    }
  }
}
