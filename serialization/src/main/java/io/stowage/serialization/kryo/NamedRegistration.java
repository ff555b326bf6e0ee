package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;

/** A class that has no number of the codec's own: an object's with its fields, enum or array. */
final class NamedRegistration extends Registration {

  private final String name;

  NamedRegistration(Class<?> type, Serializer<?> serializer, String name) {
    super(type, serializer, FixedTags.FIRST_NAMED);
    this.name = name;
  }

  /** The name under which it is stored. */
  String name() {
    return name;
  }
}
