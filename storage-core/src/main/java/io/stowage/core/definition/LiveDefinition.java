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
import java.util.function.Function;
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

  /** How often a change is tried while others change the definition too. */
  private static final int ATTEMPTS = 100;

  private final Supplier<Optional<String>> source;

  /** Takes the definition to be stored where none is, and answers the one that holds. */
  private final Function<StoredDefinition, String> storing;

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
      Function<StoredDefinition, String> storing,
      BiPredicate<String, String> replacement,
      StoreDefinition own,
      Runnable restoring,
      InstantSource wallClock,
      Duration lease) {
    this.source = source;
    this.storing = storing;
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
   * <p>If the data is removed while the store is open, the next read stores the definition again,
   * with the names and the dictionary as they were: other processes go on to use their numbers,
   * which must not come to stand for something else.
   *
   * @param own the definition of the process
   * @param restoring puts back what the values need beside the definition, once for each process
   *     that finds the data removed, whether or not others did so before
   * @throws AdapterException if the backend fails, or what is stored cannot be read
   */
  public static LiveDefinition opened(
      PersistencePort records,
      StoreDefinition own,
      Runnable restoring,
      InstantSource wallClock,
      Duration grace) {
    return new LiveDefinition(
        records::definition,
        definition -> records.define(DefinitionText.write(definition.begunAnew())),
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
   * @param restoring as for {@link #opened}; called once somebody has begun the store anew
   */
  public static LiveDefinition observed(
      PersistencePort records,
      StoreDefinition assumed,
      Runnable restoring,
      InstantSource wallClock,
      Duration grace) {
    return new LiveDefinition(
        records::definition,
        DefinitionText::write,
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
        DefinitionText::write,
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
   * The definition, asked for during this call. One round trip.
   *
   * @throws AdapterException if it cannot be read; nothing was applied by that
   */
  public StoredDefinition renewed() {
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
    StoredCoding lost = before.definition().coding();
    if (!definition.coding().includes(lost) && !lost.includes(definition.coding())) {
      throw AdapterException.refused(
          "the store's data was removed and begun anew by others while it was open here: names that"
              + " this process knows have other numbers there; open the store again",
          null);
    }
    if (isBegunAnew(definition.coding(), lost)) {
      restoring.run();
    }
    accept(new Reading(definition, text, nanos, millis));
    return definition.coding().includes(lost) ? definition : restored(lost);
  }

  private static boolean isBegunAnew(StoredCoding now, StoredCoding known) {
    return !now.incarnation().isEmpty() && !now.incarnation().equals(known.incarnation());
  }

  /** Others began the store anew with less than this process knows of its former self. */
  private StoredDefinition restored(StoredCoding lost) {
    return change(
        stored ->
            lost.includes(stored.coding())
                ? stored.with(lost.withIncarnation(stored.coding().incarnation()))
                : stored);
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
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long nanos = System.nanoTime();
      long millis = wallClock.millis();
      Reading before = reading();
      StoredDefinition next = change.apply(before.definition());
      if (next.equals(before.definition())) {
        return next;
      }
      String text = DefinitionText.write(next);
      if (replacement.test(before.text(), text)) {
        accept(new Reading(next, text, nanos, millis));
        return next;
      }
      renewed();
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
      return source.get().orElseGet(this::store);
    } catch (AdapterException e) {
      String message = "the store's definition cannot be read: " + e.getMessage();
      throw e.isTransient()
          ? AdapterException.unavailable(message, e)
          : AdapterException.refused(message, e);
    }
  }

  private String store() {
    Reading known = latest.get();
    return storing.apply(own.with(known == null ? StoredCoding.NONE : known.definition().coding()));
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
