package io.stowage.serialization.binding;

import io.stowage.api.Loss;
import io.stowage.spi.SerializationException;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses items that would come back as objects of another class, and maps and collections whose
 * contents would. Safe for use by many threads.
 */
public final class OpenItems {

  private final JsonMapper mapper;
  private final String format;
  private final OpenValues values;
  private final Map<Class<?>, Boolean> told = new ConcurrentHashMap<>();

  /**
   * What a mapper reads of what it writes.
   *
   * @param format what the codec writes, as it is called in messages
   * @param accepted what may come back otherwise
   */
  public OpenItems(JsonMapper mapper, String format, Set<Loss> accepted) {
    this.mapper = mapper;
    this.format = format;
    this.values = new OpenValues(accepted);
  }

  /**
   * Checks an item.
   *
   * @param type the type as which it will be read
   * @throws SerializationException if it would come back as another
   */
  public void require(Object item, Class<?> type) {
    String refusal = refusal(item, type);
    if (refusal != null) {
      throw new SerializationException(
          "item of type %s cannot be written as %s: it %s"
              .formatted(item.getClass().getName(), format, refusal),
          null);
    }
  }

  private @Nullable String refusal(Object item, Class<?> type) {
    if (TypeWalk.isOfJdk(type)) {
      boolean isOpen = item instanceof Map || DeclaredClass.ANYTHING.contains(type);
      return isOpen
          ? values.refusal(item)
          : item instanceof Collection<?> elements ? values.refusalOfAll(elements) : null;
    }
    boolean isOther =
        item.getClass() != type
            && !type.isEnum()
            && !Modifier.isAbstract(type.getModifiers())
            && !told.computeIfAbsent(type, it -> new TypeWalk(mapper).isTold(it));
    return isOther ? values.refusalOfClass(item, type.getName()) : null;
  }
}
