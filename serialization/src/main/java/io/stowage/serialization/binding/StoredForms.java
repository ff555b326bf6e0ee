package io.stowage.serialization.binding;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a codec stores for single objects. That of an enum's constant is asked for once. Safe for
 * use by many threads.
 */
public final class StoredForms {

  private final Map<Enum<?>, Optional<Object>> constants = new ConcurrentHashMap<>();

  /**
   * What is stored for an object.
   *
   * @param asking writes an object and reads it as a field is read; may answer null
   */
  public @Nullable Object of(Object object, Function<Object, @Nullable Object> asking) {
    if (!(object instanceof Enum<?> constant)) {
      return asking.apply(object);
    }
    Optional<Object> known = constants.get(constant);
    if (known == null) {
      known = Optional.ofNullable(asking.apply(constant));
      constants.put(constant, known);
    }
    return known.orElse(null);
  }
}
