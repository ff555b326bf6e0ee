package io.stowage.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ItemCorruptedException;
import io.stowage.api.Outcome;
import io.stowage.api.StorageException;
import io.stowage.spi.AdapterException;
import io.stowage.spi.SerializationException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationsTest {

  private final CallsUnderWay calls = new CallsUnderWay();
  private final Operations operations = new Operations("things", "memory", calls);

  private static Supplier<Object> failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  static Stream<AdapterException> failures() {
    Exception cause = new IllegalStateException("inside");
    return Stream.of(
        AdapterException.unavailable("no connection", cause),
        AdapterException.unanswered("time-out", cause),
        AdapterException.refused("no rights", cause),
        AdapterException.partlyRefused("some had no rights", cause));
  }

  @Test
  void whatSucceedsIsAnswered() {
    assertThat(operations.<Integer>read("load", () -> 7)).isEqualTo(7);
    assertThat(operations.<Integer>write("save", () -> 8)).isEqualTo(8);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailedWriteTellsWhereItWasAndItsOutcome(AdapterException failure) {
    assertThatThrownBy(() -> operations.write("save", failing(failure)))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(failure.outcome());
              assertThat(e.isTransient()).isEqualTo(failure.isTransient());
              assertThat(e.store()).isEqualTo("things");
              assertThat(e.operation()).isEqualTo("save");
              assertThat(e.adapter()).isEqualTo("memory");
              assertThat(e.elapsed()).isPositive();
            })
        .hasMessageContaining(failure.getMessage())
        .hasCause(failure);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailedReadHasAppliedNothing(AdapterException failure) {
    assertThatThrownBy(() -> operations.read("load", failing(failure)))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.isTransient()).isEqualTo(failure.isTransient());
            });
  }

  @Test
  void anItemThatCannotBeDecodedIsNamed() {
    SerializationException cause = new SerializationException("no json", null);

    assertThatThrownBy(
            () -> operations.read("load", failing(new Operations.UndecodableItem("i", cause))))
        .isInstanceOfSatisfying(
            ItemCorruptedException.class,
            e -> {
              assertThat(e.id()).isEqualTo("i");
              assertThat(e.isTransient()).isFalse();
            })
        .hasMessageContaining("load on store 'things'")
        .hasMessageContaining("no json")
        .hasCause(cause);
  }

  @Test
  void mistakesOfTheCallerPassThrough() {
    IllegalArgumentException mistake = new IllegalArgumentException("id is empty");

    assertThatThrownBy(() -> operations.write("save", failing(mistake))).isSameAs(mistake);
  }

  @Test
  void nothingIsBegunOnceThePlatformIsClosed() {
    calls.close();
    AtomicBoolean isBegun = new AtomicBoolean();

    assertThatThrownBy(() -> operations.read("load", () -> isBegun.getAndSet(true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("load on store 'things': the platform is closed");
    assertThatThrownBy(() -> operations.write("save", () -> isBegun.getAndSet(true)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(isBegun).isFalse();
  }

  @Test
  void aWriteThatIsCutOffByTheCloseTellsThatItsOutcomeIsUnknown() {
    Supplier<Object> cutOff =
        () -> {
          calls.close();
          throw new IllegalStateException("adapter 'memory' is closed");
        };

    assertThatThrownBy(() -> operations.write("save", cutOff))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN))
        .hasMessageContaining("the platform was closed while it was under way");
  }

  @Test
  void aReadThatIsCutOffByTheCloseHasAppliedNothing() {
    Supplier<Object> cutOff =
        () -> {
          calls.close();
          throw new IllegalStateException("adapter 'memory' is closed");
        };

    assertThatThrownBy(() -> operations.read("load", cutOff))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED));
  }

  @Test
  void anIllegalStateOfTheApplicationStaysWhatItIs() {
    IllegalStateException own = new IllegalStateException("by the function of an update");

    assertThatThrownBy(() -> operations.write("update", failing(own))).isSameAs(own);
  }

  @Test
  void callsUnderWayAreWaitedForAndNoOtherBegins() {
    assertThat(calls.begin()).isTrue();
    assertThat(calls.close()).isTrue();
    assertThat(calls.close()).isFalse();
    assertThat(calls.begin()).isFalse();

    assertThat(calls.awaitEnd(Duration.ofMillis(1))).isFalse();
    calls.end();
    assertThat(calls.awaitEnd(Duration.ZERO)).isTrue();
  }
}
