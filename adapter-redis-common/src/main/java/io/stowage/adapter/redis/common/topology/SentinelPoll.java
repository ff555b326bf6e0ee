package io.stowage.adapter.redis.common.topology;

import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks Sentinels, all at once, and waits until a majority of them has answered, or all have or
 * failed: one that is frozen, as it may be with the master, holds nobody up.
 */
final class SentinelPoll {

  /** What came of asking one. */
  private record Outcome(@Nullable SentinelView view, @Nullable RuntimeException failure) {}

  private final int asked;
  private final List<SentinelView> views = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private @Nullable AdapterException failure;

  private SentinelPoll(int asked) {
    this.asked = asked;
  }

  /**
   * Asks.
   *
   * @param ask asks one; ends in time, and throws an {@link AdapterException} if it does not answer
   * @throws AdapterException if the thread is interrupted
   */
  static SentinelPoll of(
      Collection<ServerAddress> sentinels, Function<ServerAddress, SentinelView> ask) {
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    for (ServerAddress sentinel : sentinels) {
      Thread thread = new Thread(() -> outcomes.add(asking(sentinel, ask)), "stowage-sentinel");
      thread.setDaemon(true);
      thread.start();
    }
    SentinelPoll poll = new SentinelPoll(sentinels.size());
    for (int i = 0; i < sentinels.size() && !poll.hasMajority(); i++) {
      poll.take(outcomes);
    }
    return poll;
  }

  @SuppressWarnings("CatchingUnchecked") // told to the thread that waits
  private static Outcome asking(ServerAddress sentinel, Function<ServerAddress, SentinelView> ask) {
    try {
      return new Outcome(ask.apply(sentinel), null);
    } catch (RuntimeException e) {
      return new Outcome(null, e);
    } catch (Error e) {
      return new Outcome(null, new IllegalStateException("asking a Sentinel failed", e));
    }
  }

  private void take(BlockingQueue<Outcome> outcomes) {
    Outcome outcome;
    try {
      outcome = outcomes.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AdapterException.unavailable("interrupted while asking Sentinels", e);
    }
    if (outcome.failure() instanceof AdapterException e) {
      failure = failure == null || failure.isTransient() ? e : failure;
    } else if (outcome.failure() != null) {
      throw outcome.failure();
    } else if (outcome.view() != null && ids.add(outcome.view().id())) {
      views.add(outcome.view());
    }
  }

  /** What was told. */
  List<SentinelView> views() {
    return views;
  }

  /**
   * What was told under the latest epoch.
   *
   * @throws AdapterException if nobody has told anything
   */
  SentinelView latest() {
    return views.stream()
        .max(Comparator.comparingLong(SentinelView::epoch))
        .orElseThrow(
            () ->
                failure == null
                    ? AdapterException.unavailable("no Sentinel is known", null)
                    : failure);
  }

  /** Whether more than half of all Sentinels have answered. */
  boolean hasMajority() {
    return 2 * views.size() > all();
  }

  /** How many Sentinels there are: those that were asked, if nobody tells of others. */
  int all() {
    boolean tells = views.stream().anyMatch(view -> !view.others().isEmpty());
    return tells ? views.stream().mapToInt(SentinelView::all).max().orElse(asked) : asked;
  }
}
