package io.stowage.testkit.history;

import io.stowage.api.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that were written to one item, numbered, with their versions as far as answers told
 * them. The number after the last one stands for a value of which nothing is known.
 */
final class Values {

  /** Stands for no value. */
  static final int ABSENT = -1;

  private final List<String> texts = new ArrayList<>();
  private final List<Lifetime> lifetimes = new ArrayList<>();
  private final List<@Nullable Version> versions = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Version, Integer> byVersion = new HashMap<>();

  /** Numbers a value. */
  void add(Call.Write write) {
    if (numbers.putIfAbsent(write.value(), texts.size()) != null) {
      throw new IllegalArgumentException(
          "value '" + write.value() + "' is written twice; allowed are different values");
    }
    texts.add(write.value());
    lifetimes.add(write.lifetime());
    versions.add(null);
  }

  int size() {
    return texts.size();
  }

  /** The number of a value, or {@link #ABSENT} if it was never written. */
  int number(String text) {
    return numbers.getOrDefault(text, ABSENT);
  }

  /** The number of the value that has this version, or {@link #ABSENT} if nobody was told. */
  int number(Version version) {
    return byVersion.getOrDefault(version, ABSENT);
  }

  /** Notes that a value has this version; answers what speaks against it, if something does. */
  @Nullable String name(int value, Version version) {
    Version known = versions.get(value);
    if (known != null && !known.equals(version)) {
      return "value '%s' was stored twice: with version %s and with version %s"
          .formatted(texts.get(value), known, version);
    }
    Integer other = byVersion.putIfAbsent(version, value);
    if (other != null && other != value) {
      return "version %s was given to two values: '%s' and '%s'"
          .formatted(version, texts.get(other), texts.get(value));
    }
    versions.set(value, version);
    return null;
  }

  boolean isNamed(int value) {
    return value < size() && versions.get(value) != null;
  }

  Lifetime lifetime(int value) {
    return value < size() ? lifetimes.get(value) : Lifetime.forever();
  }
}
