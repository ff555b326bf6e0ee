package io.stowage.serialization.binding;

import io.stowage.spi.SerializationException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells of which types items can be read back as they were written, before the first of them is
 * stored: what is written and cannot be read would take the place of what could. Looks at each type
 * once, and through all that its items may consist of. Safe for use by many threads.
 */
public final class ReadableTypes {

  private final JsonMapper mapper;
  private final String format;
  private final Map<Class<?>, Optional<String>> refusals = new ConcurrentHashMap<>();

  /**
   * What a mapper can read of what it writes.
   *
   * @param format what the codec writes, as it is called in messages
   */
  public ReadableTypes(JsonMapper mapper, String format) {
    this.mapper = mapper;
    this.format = format;
  }

  /**
   * Checks the type of an item. Enums and what the JDK answers behind an interface, such as lists,
   * are as they are.
   *
   * @param type the type as which it will be read
   * @throws SerializationException if something of items of the type could not be read back
   */
  public void requireOf(Object item, Class<?> type) {
    boolean isHidden = TypeWalk.isOfJdk(type) && !Modifier.isPublic(type.getModifiers());
    boolean isBare = (item instanceof Map || item instanceof Collection) && TypeWalk.isOfJdk(type);
    if (!isHidden && !isBare && !type.isArray() && !(item instanceof Enum)) {
      require(type);
    }
  }

  /**
   * Checks a type of items.
   *
   * @throws SerializationException if something of them could not be read back, with its name
   */
  private void require(Class<?> type) {
    Optional<String> refusal = refusals.get(type);
    if (refusal == null) {
      refusal = Optional.ofNullable(new TypeWalk(mapper).refusal(type));
      refusals.put(type, refusal);
    }
    if (refusal.isPresent()) {
      throw new SerializationException(
          "items of type %s cannot be written as %s, since they could not be read back: %s"
              .formatted(type.getName(), format, refusal.get()),
          null);
    }
  }
}
