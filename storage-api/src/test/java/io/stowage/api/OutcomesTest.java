package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.WriteResult.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  private static final StorageException.Context CONTEXT =
      new StorageException.Context("messages", "save", "redis-lettuce", Duration.ofMillis(12));

  @Test
  void failuresTellEverything() {
    Exception cause = new IllegalStateException("x");
    StorageException passing =
        StorageException.transientFailure("no answer", CONTEXT, Outcome.UNKNOWN, cause);
    StorageException staying =
        StorageException.permanentFailure("no rights", CONTEXT, Outcome.NOT_APPLIED, null);

    assertThat(passing)
        .hasMessage(
            "save on store 'messages' (redis-lettuce) failed after 12 ms, outcome unknown: no"
                + " answer")
        .hasCause(cause);
    assertThat(passing.isTransient()).isTrue();
    assertThat(passing.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(staying)
        .hasMessage(
            "save on store 'messages' (redis-lettuce) failed after 12 ms, not applied: no rights")
        .hasNoCause();
    assertThat(staying.isTransient()).isFalse();
    assertThat(staying.store()).isEqualTo("messages");
    assertThat(staying.operation()).isEqualTo("save");
    assertThat(staying.adapter()).isEqualTo("redis-lettuce");
    assertThat(staying.elapsed()).isEqualTo(Duration.ofMillis(12));
  }

  @Test
  void corruptedItemsAndOtherDefinitionsAreNamed() {
    ItemCorruptedException corrupted = new ItemCorruptedException("i", "bad", CONTEXT, null);
    StoreDefinitionException definition =
        new StoreDefinitionException(List.of("a differs", "b differs"), CONTEXT);

    assertThat(corrupted).hasMessageEndingWith("not applied: item 'i' cannot be decoded: bad");
    assertThat(corrupted.id()).isEqualTo("i");
    assertThat(definition)
        .hasMessageContaining("the store is defined otherwise: a differs; b differs. Open it");
    assertThat(definition.differences()).containsExactly("a differs", "b differs");
  }

  @Test
  void writesTellWhatTheyStored() {
    Version version = new Version(1);
    WriteResult stored = new WriteResult("i", Status.STORED, version);
    WriteResult refused = new WriteResult("i", Status.VERSION_CONFLICT, version);

    assertThat(stored.isStored()).isTrue();
    assertThat(stored.storedVersion()).isEqualTo(version);
    assertThat(refused.isStored()).isFalse();
    assertThat(refused.version()).hasValue(version);
    assertThatThrownBy(refused::storedVersion)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("item 'i' was not stored: VERSION_CONFLICT");
    assertThatThrownBy(new WriteResult("i", Status.STORED, null)::storedVersion)
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void timesToLive() {
    assertThat(TimeToLive.absent().isPresent()).isFalse();
    assertThat(TimeToLive.absent().isUnlimited()).isFalse();
    assertThat(TimeToLive.absent()).hasToString("absent");
    assertThat(TimeToLive.unlimited().isUnlimited()).isTrue();
    assertThat(TimeToLive.unlimited()).hasToString("unlimited").isNotEqualTo(TimeToLive.absent());
    TimeToLive second = TimeToLive.of(Duration.ofSeconds(1));
    assertThat(second.isPresent()).isTrue();
    assertThat(second.isUnlimited()).isFalse();
    assertThat(second)
        .hasToString("PT1S")
        .hasSameHashCodeAs(TimeToLive.of(Duration.parse("PT1.0S")));
    assertThat(second).isEqualTo(TimeToLive.of(Duration.parse("PT1.0S"))).isNotEqualTo("PT1S");
    assertThatThrownBy(() -> TimeToLive.of(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("remaining is PT-0.001S; allowed is 0 or more");
  }

  @Test
  void pagesAndCursors() {
    Cursor cursor = new Cursor("abc");

    assertThat(new Page<>(List.of(1), cursor).next()).hasValue(cursor);
    assertThat(new Page<>(List.of(1), null).next()).isEmpty();
    assertThat(cursor).hasToString("abc");
    assertThatThrownBy(() -> new Cursor(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cursor is empty; take it from Page.next()");
  }
}
