package io.stowage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.IndexKind;
import io.stowage.api.Outcome;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortTypesTest {

  @Test
  void adapterExceptionsTellOutcomeAndHope() {
    assertFailure(AdapterException.unavailable("m", null), Outcome.NOT_APPLIED, true);
    assertFailure(AdapterException.unanswered("m", null), Outcome.UNKNOWN, true);
    assertFailure(AdapterException.refused("m", null), Outcome.NOT_APPLIED, false);
    assertFailure(AdapterException.partlyRefused("m", null), Outcome.UNKNOWN, false);
  }

  private static void assertFailure(AdapterException failure, Outcome outcome, boolean hope) {
    assertThat(failure).hasMessage("m");
    assertThat(failure.outcome()).isEqualTo(outcome);
    assertThat(failure.isTransient()).isEqualTo(hope);
  }

  @Test
  void connectionSettingsHideThePassword() {
    ConnectionSettings settings =
        new ConnectionSettings(
            "redis://u:secret@host/1", "p:", Duration.ZERO, Duration.ZERO, 1, "c");

    assertThat(settings.safeUri()).isEqualTo("redis://host/1");
    assertThat(settings).hasToString("ConnectionSettings[redis://host/1, prefix p:]");
  }

  @Test
  void entriesOrderByScoreThenIdThenVersion() {
    List<EntryRef> ordered =
        List.of(
            new EntryRef("z", new Version(9), -1),
            new EntryRef("a", new Version(-1), -0.0),
            new EntryRef("b", new Version(1), 0.0),
            new EntryRef("b", new Version(-1), 0.0));
    for (int i = 0; i < ordered.size(); i++) {
      for (int j = 0; j < ordered.size(); j++) {
        assertThat(Integer.signum(ordered.get(i).compareTo(ordered.get(j))))
            .isEqualTo(Integer.compare(i, j));
      }
    }
    assertThat(new EntryRef("a", new Version(1), -0.0))
        .isEqualTo(new EntryRef("a", new Version(1), 0.0));
    assertThatThrownBy(() -> new EntryRef("a", new Version(1), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("score of 'a' is NaN; allowed is any other double");
  }

  @Test
  void expiriesAreMilliseconds() {
    assertThat(Expiry.never().kind()).isEqualTo(Expiry.Kind.NEVER);
    assertThat(Expiry.after(Duration.ofSeconds(1))).isEqualTo(new Expiry(Expiry.Kind.AFTER, 1_000));
    assertThat(Expiry.at(Instant.ofEpochSecond(1, 999_999)))
        .isEqualTo(new Expiry(Expiry.Kind.AT, 1_000));
    assertThatThrownBy(() -> Expiry.after(Ttl.MAX.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> new IndexTerm("i", IndexKind.RANGE, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value of range index 'i' is 'x'; allowed is none");
    assertThatThrownBy(() -> new Precondition(Precondition.Kind.VERSION, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Precondition(Precondition.Kind.ABSENT, new Version(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(IndexTerm.range("i").value()).isEmpty();
    assertThat(IndexRange.all(IndexTerm.exact("i", "x")).min()).isNegative().isInfinite();
  }

  @Test
  void scanPagesAreCopies() {
    List<String> ids = new ArrayList<>(List.of("a"));
    ScanPage page = new ScanPage(ids, null);
    ids.add("b");

    assertThat(page.ids()).containsExactly("a");
  }
}
