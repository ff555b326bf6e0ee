package io.stowage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Credentials;
import io.stowage.api.IndexKind;
import io.stowage.api.NetworkSettings;
import io.stowage.api.Outcome;
import io.stowage.api.TlsSettings;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortTypesTest {

  @Test
  void adapterExceptionsTellOutcomeAndHope() {
    assertFailure(AdapterException.unavailable("m", null), Outcome.NOT_APPLIED, true);
    assertFailure(AdapterException.unanswered("m", null), Outcome.UNKNOWN, true);
    assertFailure(AdapterException.refused("m", null), Outcome.NOT_APPLIED, false);
    assertFailure(AdapterException.partlyRefused("m", null), Outcome.UNKNOWN, false);
    assertFailure(AdapterException.unconfirmed("m"), Outcome.UNKNOWN, false);
  }

  private static void assertFailure(AdapterException failure, Outcome outcome, boolean hope) {
    assertThat(failure).hasMessage("m");
    assertThat(failure.outcome()).isEqualTo(outcome);
    assertThat(failure.isTransient()).isEqualTo(hope);
  }

  @Test
  void connectionSettingsHideThePassword() {
    ConnectionSettings settings =
        ConnectionSettings.of("redis://u:secret@host/1")
            .withKeyPrefix("p:")
            .withSentinelCredentials(new Credentials("watcher", "watchword"));

    assertThat(settings.safeUri()).isEqualTo("redis://host/1");
    assertThat(settings).hasToString("ConnectionSettings[redis://host/1, prefix p:]");
  }

  @Test
  void connectionSettingsChangeOneByOne() {
    NetworkSettings network = NetworkSettings.defaults().withPoolSize(3);
    TlsSettings tls = TlsSettings.defaults().trusting(Path.of("ca.pem"));
    Credentials watcher = new Credentials("watcher", "watchword");

    assertThat(
            ConnectionSettings.of("memory:")
                .withClientName("c")
                .withNetwork(network)
                .withTls(tls)
                .withSentinelCredentials(watcher)
                .withKeyPrefix("p:"))
        .isEqualTo(
            new ConnectionSettings("memory:", "p:", "c", network, tls, Optional.of(watcher)));
    ConnectionSettings defaults = ConnectionSettings.of("memory:");
    assertThat(defaults.keyPrefix()).isEqualTo("stowage:");
    assertThat(defaults.clientName()).isEqualTo("stowage");
    assertThat(defaults.sentinelCredentials()).isEmpty();
  }

  @Test
  void longAndOddValuesOfTermsAreReplacedByTheirDigest() {
    String longest = "v".repeat(256);
    for (String kept : List.of("", "red", "a~", longest, "é".repeat(128), "😀".repeat(64))) {
      assertThat(IndexTerm.exact("i", kept).value()).isEqualTo(kept);
    }
    for (String replaced :
        List.of(
            longest + "v",
            "é".repeat(129),
            "€".repeat(86),
            "😀".repeat(65),
            "~",
            "~a",
            "\ud800",
            "\udc00a",
            "a\ud83dx")) {
      assertThat(IndexTerm.exact("i", replaced).value()).matches("~[0-9a-f]{64}");
    }
    assertThat(
            List.of(
                IndexTerm.exact("i", "\ud800"),
                IndexTerm.exact("i", "\ud801"),
                IndexTerm.exact("i", "?"),
                IndexTerm.exact("i", "~"),
                IndexTerm.exact("i", longest + "v"),
                IndexTerm.exact("i", longest + "w"),
                IndexTerm.exact("i", IndexTerm.exact("i", longest + "v").value())))
        .doesNotHaveDuplicates();
  }

  @Test
  void aBlindTermIsNoExactOne() {
    assertThat(IndexTerm.blind("i", "v"))
        .isEqualTo(IndexTerm.stored("i", IndexKind.BLIND, "v"))
        .isNotEqualTo(IndexTerm.exact("i", "v"));
  }

  @Test
  void aStoredValueOfATermIsTakenAsItIs() {
    IndexTerm term = IndexTerm.exact("i", "v".repeat(300));

    assertThat(IndexTerm.stored("i", IndexKind.EXACT, term.value())).isEqualTo(term);
    assertThatThrownBy(() -> IndexTerm.stored("i", IndexKind.BLIND, "v".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value of index 'i' has 257 characters; allowed are 256");
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

  @Test
  void termPagesAndAtomicResultsAreCopies() {
    IndexTerm term = IndexTerm.range("i");
    CommitResult result = new CommitResult(CommitResult.Status.APPLIED, 1, null, null);
    List<IndexTerm> terms = new ArrayList<>(List.of(term));
    List<CommitResult> results = new ArrayList<>(List.of(result));
    TermPage page = new TermPage(terms, null);
    AtomicResult atomic = new AtomicResult(true, results);
    terms.clear();
    results.clear();

    assertThat(page.terms()).containsExactly(term);
    assertThat(atomic.results()).containsExactly(result);
  }
}
