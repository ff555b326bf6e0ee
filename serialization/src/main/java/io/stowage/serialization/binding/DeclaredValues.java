package io.stowage.serialization.binding;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.stowage.api.Loss;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.ser.AnyGetterWriter;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.BeanSerializerBuilder;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.jdk.NumberSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Has properties checked whose declared type needs it, and refuses numbers of unknown types. */
final class DeclaredValues extends ValueSerializerModifier {

  private static final long serialVersionUID = 1L;

  private static final Set<Class<?>> NUMBERS =
      Set.of(BigInteger.class, BigDecimal.class, Number.class);

  private final transient Set<Loss> accepted;

  /**
   * A modifier.
   *
   * @param accepted what may come back otherwise
   */
  DeclaredValues(Set<Loss> accepted) {
    this.accepted = accepted;
  }

  @Override
  public List<BeanPropertyWriter> changeProperties(
      SerializationConfig config,
      BeanDescription.Supplier description,
      List<BeanPropertyWriter> properties) {
    properties.replaceAll(property -> checked(config, property));
    return properties;
  }

  /** A property with a serializer or a type of its own is as its class wants it. */
  private BeanPropertyWriter checked(SerializationConfig config, BeanPropertyWriter property) {
    if (property.getClass() != BeanPropertyWriter.class) {
      return property;
    }
    boolean isOwn =
        property.hasSerializer()
            || property.getTypeSerializer() != null
            || property.getAnnotation(JsonTypeInfo.class) != null;
    DeclaredCheck check =
        DeclaredCheck.of(config, property.getType(), isOwn ? EnumSet.allOf(Loss.class) : accepted);
    return check == null ? property : new CheckedProperty(property, check);
  }

  @Override
  public BeanSerializerBuilder updateBuilder(
      SerializationConfig config,
      BeanDescription.Supplier description,
      BeanSerializerBuilder builder) {
    AnnotatedMember accessor = description.get().findAnyGetter();
    DeclaredCheck check =
        accessor == null ? null : DeclaredCheck.of(config, accessor.getType(), accepted);
    if (accessor == null || check == null) {
      return builder;
    }
    List<BeanPropertyWriter> properties = new ArrayList<>(builder.getProperties());
    properties.replaceAll(
        property ->
            property instanceof AnyGetterWriter any
                ? new CheckedAnyGetter(any, accessor, check)
                : property);
    builder.setProperties(properties);
    if (builder.getAnyGetter() != null) {
      builder.setAnyGetter(new CheckedAnyGetter(builder.getAnyGetter(), accessor, check));
    }
    return builder;
  }

  @Override
  public ValueSerializer<?> modifySerializer(
      SerializationConfig config,
      BeanDescription.Supplier description,
      ValueSerializer<?> serializer) {
    boolean isUnknownNumber =
        serializer.getClass() == NumberSerializer.class
            && !NUMBERS.contains(description.getBeanClass());
    return isUnknownNumber ? new UnknownNumber() : serializer;
  }

  /** What its methods answer may be a part of what it means. */
  private static final class UnknownNumber extends StdSerializer<Number> {

    UnknownNumber() {
      super(Number.class);
    }

    @Override
    public void serialize(Number number, JsonGenerator generator, SerializationContext context) {
      throw new StreamWriteException(
          generator,
          "number is of type "
              + number.getClass().getName()
              + ", which the codec has no form for; allowed are the numbers of java.lang and"
              + " java.math, AtomicInteger and AtomicLong");
    }
  }
}
