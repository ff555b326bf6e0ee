package io.stowage.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.core.item.ItemTerms;
import io.stowage.core.protocol.StagedWrite;
import io.stowage.core.support.TestClock;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Precondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpiryForecastTest {

  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Duration TTL = Duration.ofSeconds(30);

  private final TestClock clock = new TestClock();
  private final List<Duration> told = new ArrayList<>();
  private final ExpiryForecast forecast = new ExpiryForecast(clock, GRACE, told::add);

  private static StagedWrite written(Expiry expiry, CommitResult.Status status) {
    List<IndexTerm> terms =
        IntStream.range(0, 10).mapToObj(i -> IndexTerm.exact("tag", "t" + i)).toList();
    StagedWrite write =
        new StagedWrite(
            "a",
            new byte[0],
            new ItemTerms(terms, List.of(), null),
            expiry,
            Precondition.none(),
            GRACE);
    write.begin(new Version(1));
    write.answered(new CommitResult(status, 0, null, null));
    return write;
  }

  private void tried(int times, Expiry expiry, CommitResult.Status status) {
    for (int i = 0; i < times; i++) {
      forecast.tried(List.of(written(expiry, status)));
    }
  }

  @Test
  void eachLotOfEntriesThatExpireIsTold() {
    int lot = ExpiryForecast.LOT / 10;
    tried(lot - 1, Expiry.after(TTL), CommitResult.Status.APPLIED);
    assertThat(told).isEmpty();

    tried(1, Expiry.after(TTL), CommitResult.Status.APPLIED);
    assertThat(told).containsExactly(TTL.plus(GRACE).plusMillis(1));

    tried(lot, Expiry.at(clock.instant().plus(TTL)), CommitResult.Status.APPLIED);
    assertThat(told).hasSize(2);
    assertThat(told.get(1)).isBetween(TTL.plus(GRACE), TTL.plus(GRACE).plusMillis(1));
  }

  @Test
  void whatDoesNotExpireOrIsNotStoredIsNotCounted() {
    int lot = ExpiryForecast.LOT / 10;
    tried(lot, Expiry.never(), CommitResult.Status.APPLIED);
    tried(lot, Expiry.keep(), CommitResult.Status.APPLIED);
    tried(lot, Expiry.after(TTL), CommitResult.Status.PRECONDITION_FAILED);

    assertThat(told).isEmpty();
  }
}
