package io.stowage.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the only writer of an item knows about it: which value it stored last, and between which
 * moments that will die. Used by one thread at a time.
 */
final class Knowledge {

  /** The server rounds to milliseconds, twice; its clock is this machine's. */
  private static final long TOLERANCE_MICROS = 5_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final String id;
  private final String group;
  private final Mortality mortality;
  private long written;
  private long stored;
  private long earliest = NEVER;
  private long latest = NEVER;

  Knowledge(String id, String group, Mortality mortality) {
    this.id = id;
    this.group = group;
    this.mortality = mortality;
  }

  /** Microseconds since 1970. */
  static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  String id() {
    return id;
  }

  /** A document that was never stored before. */
  Document next(long lifeMillis) {
    long number = ++written;
    Document document =
        Document.of(
            java.util.Map.of(
                "id", id, "group", group, "kind", kind(number), "n", number, "copy", number));
    if (mortality != Mortality.OWN_END) {
      return document;
    }
    Instant end = Instant.now().plusMillis(lifeMillis).truncatedTo(ChronoUnit.MILLIS);
    return document.with("expires_at", end.toString());
  }

  private static String kind(long number) {
    return "kind-" + number % 3;
  }

  /** The kind of the value that is stored, if one is. */
  String kind() {
    return kind(stored);
  }

  /** Whether it could be there at some moment since this one. */
  boolean mayBeThereSince(long begin) {
    return latest >= begin;
  }

  /** Whether it was there at every moment until this one. */
  boolean isThereUntil(long end) {
    return earliest > end;
  }

  /** When nothing of it can be there any more. */
  long latest() {
    return latest;
  }

  void wasStored(Document document, long begin, long end) {
    stored = (Long) document.get("n");
    if (document.get("expires_at") instanceof String own) {
      long moment = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(own));
      earliest = moment - TOLERANCE_MICROS;
      latest = moment + TOLERANCE_MICROS;
    } else {
      earliest = begin + mortality.micros() - TOLERANCE_MICROS;
      latest = end + mortality.micros() + TOLERANCE_MICROS;
    }
  }

  /** An update keeps the end that the item has, unless the item brings another or is sliding. */
  void wasUpdated(Document document, long begin, long end) {
    if (mortality == Mortality.OWN_END || mortality == Mortality.UNREAD) {
      wasStored(document, begin, end);
    } else {
      stored = (Long) document.get("n");
    }
  }

  void wasRemoved() {
    earliest = NEVER;
    latest = NEVER;
  }

  /** Fails if a read that lasted from one moment to another must not find this, or nothing. */
  void wasRead(@Nullable Document found, long begin, long end) {
    if (found == null) {
      assertThat(isThereUntil(end)).as("missed: %s, read in %d us", this, end - begin).isFalse();
      return;
    }
    wasSeen(found, begin);
    if (mortality == Mortality.UNREAD) {
      liveOn(begin, end);
    }
  }

  /** Fails if a reader that began at this moment must not find this. */
  void wasSeen(Document found, long begin) {
    assertThat(mayBeThereSince(begin)).as("expired but found: %s: %s", this, found).isTrue();
    assertThat(found.get("n")).as("stale: %s: %s", this, found).isEqualTo(stored);
    assertWhole(found);
  }

  /** A read lets the item live on, if it did not die between the read and that. */
  private void liveOn(long begin, long end) {
    if (isThereUntil(end)) {
      earliest = begin + mortality.micros() - TOLERANCE_MICROS;
    }
    latest = end + mortality.micros() + TOLERANCE_MICROS;
  }

  static void assertWhole(Document found) {
    assertThat(found.get("copy")).as("%s", found).isNotNull().isEqualTo(found.get("n"));
    assertThat(found.get("kind")).as("%s", found).isEqualTo(kind((Long) found.get("n")));
  }

  @Override
  public String toString() {
    long now = now();
    return "%s (%s), value %d, dies in %d to %d us"
        .formatted(id, mortality, stored, earliest - now, latest - now);
  }
}
