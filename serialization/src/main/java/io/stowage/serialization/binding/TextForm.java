package io.stowage.serialization.binding;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * How values of a class are texts, as which they are read back. A value that no text stands for is
 * refused.
 *
 * @param type the class
 * @param texts the text of a value, and others to take if it is read as another value
 * @param reader what is read from a text
 * @param isSame whether what is read is what was written
 * @param formatted what writes values of properties that ask for a format of their own; null if
 *     none can
 */
record TextForm<T>(
    Class<T> type,
    List<Function<T, String>> texts,
    Function<String, T> reader,
    BiPredicate<T, T> isSame,
    @Nullable ValueSerializer<? super T> formatted) {

  /** Has a module write values of the class so, as values and as keys of maps. */
  void addTo(SimpleModule module) {
    module.addSerializer(type, new OfValues<>(this));
    addKeysTo(module);
  }

  /** Has a module write values of the class so as keys of maps. */
  void addKeysTo(SimpleModule module) {
    module.addKeySerializer(type, new OfKeys<>(this));
  }

  private String text(T value, JsonGenerator generator) {
    for (Function<T, String> text : texts) {
      String candidate = text.apply(value);
      if (isReadAs(candidate, value)) {
        return candidate;
      }
    }
    throw new StreamWriteException(
        generator,
        "%s '%s' has no text that would be read as the same one"
            .formatted(type.getSimpleName(), value));
  }

  private boolean isReadAs(String text, T value) {
    try {
      return isSame.test(reader.apply(text), value);
    } catch (RuntimeException unreadable) {
      return false;
    }
  }

  private static final class OfValues<T> extends StdScalarSerializer<T> {

    private final TextForm<T> form;

    OfValues(TextForm<T> form) {
      super(form.type());
      this.form = form;
    }

    @Override
    public ValueSerializer<?> createContextual(
        SerializationContext context, @Nullable BeanProperty property) {
      if (form.formatted() == null) {
        return this;
      }
      JsonFormat.Value format = findFormatOverrides(context, property, form.type());
      boolean isPlain = format == null || format.equals(JsonFormat.Value.empty());
      return isPlain ? this : form.formatted().createContextual(context, property);
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext context) {
      generator.writeString(form.text(value, generator));
    }
  }

  private static final class OfKeys<T> extends ValueSerializer<T> {

    private final TextForm<T> form;

    OfKeys(TextForm<T> form) {
      this.form = form;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext context) {
      generator.writeName(form.text(value, generator));
    }
  }
}
