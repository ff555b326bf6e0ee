package io.stowage.core.definition;

import io.stowage.api.StoreDefinition;
import io.stowage.spi.AdapterException;
import io.stowage.spi.PersistencePort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a store by which a process works now. It is read again once it is older than
 * its <em>lease</em>, half the grace period, so that every process that has the store open follows
 * a change within that time, and whoever changes indexes can wait until all have. Safe for use by
 * many threads.
 *
 * <p>The age is counted from before the definition was asked for, by two clocks: the monotonic one,
 * which cannot be set, and the wall clock, which goes on while the machine is suspended. Whichever
 * shows more counts, and so does a wall clock that was set back.
 *
 * <p>There is no thread: an operation that needs the definition reads it, and fails if it cannot.
 * When the lease is about to end, one operation reads for all.
 */
public final class LiveDefinition {

  /** What was read, and when that was asked for. */
  private record Reading(StoredDefinition definition, String text, long nanos, long millis) {}

  /**
   * As many leases as a reindex waits at least between its last word that an index is to be written
   * and the first that it is not.
   */
  private static final int LEASES_OF_WRITTEN_INDEXES = 3;

  /** How often a change is tried while others change the definition too. */
  private static final int ATTEMPTS = 100;

  private final Supplier<Optional<String>> source;
  private final MissingDefinition missing;
  private final BiPredicate<String, String> replacement;
  private final StoredDefinition own;
  private final Runnable restoring;
  private final InstantSource wallClock;
  private final long leaseNanos;
  private final long leaseMillis;
  private final AtomicReference<@Nullable Reading> latest = new AtomicReference<>();
  private final ReentrantLock renewing = new ReentrantLock();

  private LiveDefinition(
      Supplier<Optional<String>> source,
      MissingDefinition missing,
      BiPredicate<String, String> replacement,
      StoreDefinition own,
      Runnable restoring,
      InstantSource wallClock,
      Duration lease) {
    this.source = source;
    this.missing = missing;
    this.replacement = replacement;
    this.own = StoredDefinition.of(own);
    this.restoring = restoring;
    this.wallClock = wallClock;
    this.leaseNanos = lease.toNanos();
    this.leaseMillis = lease.toMillis();
    long nanos = System.nanoTime();
    long millis = wallClock.millis();
    String text = read();
    latest.set(new Reading(DefinitionText.read(text), text, nanos, millis));
  }

  /** How long a process may work by a definition that it has read. */
  public static Duration lease(Duration grace) {
    return grace.dividedBy(2);
  }

  /**
   * The definition of a store that is opened: the first who opens a store stores its own. One round
   * trip, or two for a new store.
   *
   * <p>If the definition is lost while the store is open, the next read stores what was known of it
   * again. Whatever was known that readers of values need is in the stored definition again before
   * anything that depends on it is written, also after a server came back with older data.
   *
   * @param own the definition of the process
   * @param restoring puts back what the values need beside the definition, where it is gone; called
   *     whenever the definition was read again, and before it names what others lack
   * @throws AdapterException if the backend fails, what is stored cannot be read, or there are
   *     records and no definition
   */
  public static LiveDefinition opened(
      PersistencePort records,
      StoreDefinition own,
      Runnable restoring,
      InstantSource wallClock,
      Duration grace) {
    return new LiveDefinition(
        records::definition,
        new FirstDefinition(records),
        records::redefine,
        own,
        restoring,
        wallClock,
        lease(grace));
  }

  /**
   * The definition of a store that is looked at: none is stored if there is none. One round trip.
   *
   * @param assumed what is taken for stored if nothing is
   * @param restoring as for {@link #opened}
   */
  public static LiveDefinition observed(
      PersistencePort records,
      StoreDefinition assumed,
      Runnable restoring,
      InstantSource wallClock,
      Duration grace) {
    return new LiveDefinition(
        records::definition,
        MissingDefinition.LEFT_MISSING,
        records::redefine,
        assumed,
        restoring,
        wallClock,
        lease(grace));
  }

  /** A definition that nobody else knows. */
  public static LiveDefinition fixed(StoreDefinition definition) {
    AtomicReference<String> text =
        new AtomicReference<>(DefinitionText.write(StoredDefinition.of(definition)));
    return new LiveDefinition(
        () -> Optional.of(Objects.requireNonNull(text.get())),
        MissingDefinition.LEFT_MISSING,
        (expected, next) -> {
          String now = text.get();
          return expected.equals(now) && text.compareAndSet(now, next);
        },
        definition,
        () -> {},
        InstantSource.system(),
        Duration.ofDays(36_525));
  }

  /**
   * The definition, asked for within the lease before this call, or during it. One round trip at
   * most, and seldom that.
   *
   * @throws AdapterException if it must be read and cannot be; nothing was applied by that
   */
  public StoredDefinition current() {
    Reading reading = reading();
    long nanos = System.nanoTime() - reading.nanos();
    long millis = wallClock.millis() - reading.millis();
    if (nanos > leaseNanos || millis > leaseMillis || millis < 0) {
      return renewed();
    }
    boolean endsSoon = nanos > leaseNanos / 4 * 3 || millis > leaseMillis / 4 * 3;
    return endsSoon ? renewedByOne(reading) : reading.definition();
  }

  private StoredDefinition renewedByOne(Reading reading) {
    if (!renewing.tryLock()) {
      return reading.definition();
    }
    try {
      return reading().nanos() == reading.nanos() ? renewed() : reading().definition();
    } finally {
      renewing.unlock();
    }
  }

  /**
   * The definition, asked for during this call. One round trip, and those of putting back what is
   * gone.
   *
   * @throws AdapterException if it cannot be read; nothing was applied by that
   */
  public StoredDefinition renewed() {
    try {
      return changed(fresh(), UnaryOperator.identity());
    } catch (AdapterException e) {
      throw e.beforeAnyWrite();
    }
  }

  /** What is stored now; others need not know all of it that this process knows. */
  private Reading fresh() {
    long nanos = System.nanoTime();
    long millis = wallClock.millis();
    String text = read();
    Reading before = reading();
    StoredDefinition definition =
        text.equals(before.text()) ? before.definition() : DefinitionText.read(text);
    if (!definition.fits(before.definition())) {
      throw AdapterException.refused(
          "the store's definition was replaced by one of another order: " + definition, null);
    }
    restoring.run();
    return new Reading(definition, text, nanos, millis);
  }

  private void accept(Reading fresh) {
    latest.accumulateAndGet(fresh, LiveDefinition::later);
  }

  /**
   * Changes the stored definition, whatever it is by then. One round trip, or more if others change
   * it at the same time.
   *
   * @param change answers the definition that shall follow the given one; the same if it is right
   * @return the definition that is stored now
   * @throws AdapterException if it cannot be stored
   */
  public StoredDefinition change(UnaryOperator<StoredDefinition> change) {
    return changed(reading(), change);
  }

  /** What this process has known is part of every change, so that it cannot be lost by a race. */
  private StoredDefinition changed(Reading start, UnaryOperator<StoredDefinition> change) {
    StoredCoding known = reading().definition().coding();
    Reading before = start;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      StoredDefinition stored = before.definition();
      StoredDefinition next = change.apply(stored.with(stored.coding().mergedWith(known)));
      if (next.equals(stored)) {
        accept(before);
        return stored;
      }
      long nanos = System.nanoTime();
      long millis = wallClock.millis();
      String text = DefinitionText.write(next);
      if (replacement.test(before.text(), text)) {
        accept(new Reading(next, text, nanos, millis));
        return next;
      }
      before = fresh();
    }
    throw changedByOthers();
  }

  /**
   * Has replicas confirm the definition as it is known now. One round trip, or more if others
   * change it at the same time.
   *
   * @param confirmed writes that wait for replicas
   * @throws AdapterException if they do not confirm it
   */
  public void confirm(PersistencePort confirmed) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String text = reading().text();
      if (confirmed.redefine(text, text)) {
        return;
      }
      renewed();
    }
    throw changedByOthers();
  }

  private static AdapterException changedByOthers() {
    return AdapterException.unavailable(
        "the store's definition was changed by somebody else at each of " + ATTEMPTS + " attempts",
        null);
  }

  private static @Nullable Reading later(@Nullable Reading held, @Nullable Reading read) {
    return held == null || (read != null && read.nanos() - held.nanos() > 0) ? read : held;
  }

  private String read() {
    try {
      return source.get().orElseGet(this::absent);
    } catch (AdapterException e) {
      String message = "the store's definition cannot be read: " + e.getMessage();
      throw e.isTransient()
          ? AdapterException.unavailable(message, e)
          : AdapterException.refused(message, e);
    }
  }

  private String absent() {
    Reading known = latest.get();
    if (known == null) {
      return missing.begin(own);
    }
    long nanos = System.nanoTime() - known.nanos();
    long millis = wallClock.millis() - known.millis();
    boolean isFresh =
        nanos <= leaseNanos * LEASES_OF_WRITTEN_INDEXES
            && millis >= 0
            && millis <= leaseMillis * LEASES_OF_WRITTEN_INDEXES;
    restoring.run(); // before it is named
    return missing.putBack(known.definition(), isFresh);
  }

  /** The definition as it was read last, whenever that was. */
  public StoredDefinition latest() {
    return reading().definition();
  }

  private Reading reading() {
    return Objects.requireNonNull(latest.get());
  }

  /** How long a reader of the definition may go on with what it read, in microseconds. */
  public long leaseMicros() {
    return TimeUnit.NANOSECONDS.toMicros(leaseNanos);
  }
}
