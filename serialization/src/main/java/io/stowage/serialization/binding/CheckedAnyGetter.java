package io.stowage.serialization.binding;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.ser.AnyGetterWriter;
import tools.jackson.databind.ser.PropertyFilter;

/** Writes the properties that an any-getter answers after a look at their values. */
final class CheckedAnyGetter extends AnyGetterWriter {

  private static final long serialVersionUID = 1L;

  private final transient AnyGetterWriter right;
  private final transient AnnotatedMember accessor;
  private final transient DeclaredCheck check;

  @SuppressWarnings("NullAway") // what is to be written is written by the other one
  CheckedAnyGetter(AnyGetterWriter right, AnnotatedMember accessor, DeclaredCheck check) {
    super(right, right, accessor, null);
    this.right = right;
    this.accessor = accessor;
    this.check = check;
  }

  @Override
  public void fixAccess(SerializationConfig config) {
    right.fixAccess(config);
  }

  @Override
  public void resolve(SerializationContext context) {
    right.resolve(context);
  }

  @Override
  public void getAndSerialize(Object bean, JsonGenerator generator, SerializationContext context)
      throws Exception {
    requireKept(bean, generator);
    right.getAndSerialize(bean, generator, context);
  }

  @Override
  public void serializeAsProperty(
      Object bean, JsonGenerator generator, SerializationContext context) throws Exception {
    requireKept(bean, generator);
    right.serializeAsProperty(bean, generator, context);
  }

  @Override
  public void getAndFilter(
      Object bean, JsonGenerator generator, SerializationContext context, PropertyFilter filter)
      throws Exception {
    requireKept(bean, generator);
    right.getAndFilter(bean, generator, context, filter);
  }

  @Override
  public void depositSchemaProperty(JsonObjectFormatVisitor visitor, SerializationContext context) {
    right.depositSchemaProperty(visitor, context);
  }

  private void requireKept(Object bean, JsonGenerator generator) {
    Object value = accessor.getValue(bean);
    String refusal = value == null ? null : check.refusal(value);
    if (refusal != null) {
      throw new StreamWriteException(generator, "property '" + getName() + "' " + refusal);
    }
  }
}
