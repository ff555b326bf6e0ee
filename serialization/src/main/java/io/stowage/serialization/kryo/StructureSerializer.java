package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;

/**
 * An object whose class need not be known: a map of its fields, under the names that JSON has for
 * them, without those that are null.
 */
final class StructureSerializer extends ContainerSerializer<Map<String, @Nullable Object>> {

  private final List<String> names;

  StructureSerializer(List<String> storedFields) {
    this.names = storedFields.stream().map(StructureSerializer::jsonName).toList();
  }

  private static String jsonName(String field) {
    return PropertyNamingStrategies.SNAKE_CASE.nameForField(null, null, field);
  }

  @Override
  void write(Kryo kryo, CheckedOutput output, Map<String, @Nullable Object> value) {
    for (String name : names) {
      kryo.writeClassAndObject(output, value.get(name));
    }
  }

  @Override
  Map<String, @Nullable Object> read(Kryo kryo, CheckedInput input) {
    input.promise(names.size());
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name : names) {
      Object value = readValue(kryo, input);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }
}
