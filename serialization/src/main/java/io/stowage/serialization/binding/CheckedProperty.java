package io.stowage.serialization.binding;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.BeanPropertyWriter;

/** Writes a property after a look at its value. */
final class CheckedProperty extends BeanPropertyWriter {

  private static final long serialVersionUID = 1L;

  private final transient DeclaredCheck check;

  CheckedProperty(BeanPropertyWriter property, DeclaredCheck check) {
    super(property);
    this.check = check;
  }

  private CheckedProperty(CheckedProperty property, PropertyName name) {
    super(property, name);
    this.check = property.check;
  }

  @Override
  protected BeanPropertyWriter _new(PropertyName newName) {
    return new CheckedProperty(this, newName);
  }

  @Override
  public void serializeAsProperty(
      Object bean, JsonGenerator generator, SerializationContext context) throws Exception {
    requireKept(bean, generator);
    super.serializeAsProperty(bean, generator, context);
  }

  @Override
  public void serializeAsElement(Object bean, JsonGenerator generator, SerializationContext context)
      throws Exception {
    requireKept(bean, generator);
    super.serializeAsElement(bean, generator, context);
  }

  private void requireKept(Object bean, JsonGenerator generator) throws Exception {
    String refusal = check.refusal(get(bean));
    if (refusal != null) {
      throw new StreamWriteException(generator, "property '" + getName() + "' " + refusal);
    }
  }
}
