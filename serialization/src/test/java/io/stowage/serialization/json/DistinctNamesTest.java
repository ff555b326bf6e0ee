package io.stowage.serialization.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stowage.api.Loss;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/** What would be refused on reading is refused on writing, wherever a second name comes from. */
class DistinctNamesTest {

  private final SerializationPort codec = new JsonCodec().accepting(EnumSet.allOf(Loss.class));

  private record Plain(String name, Map<String, Object> more) {}

  private record Open(String name, @JsonAnyGetter Map<String, Object> more) {}

  private record Outer(String name, @JsonUnwrapped Plain inner) {}

  private record Wrapped(String title, @JsonUnwrapped Plain inner) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "kind")
  private record Typed(String kind) {}

  @JsonSerialize(using = Twice.class)
  private record Custom(String name) {}

  private record Keyed(Map<Object, String> keys) {}

  private static final class Twice extends ValueSerializer<Custom> {
    @Override
    public void serialize(Custom value, JsonGenerator to, SerializationContext context) {
      to.writeStartObject(value);
      to.writeStringProperty("name", value.name());
      to.writeStringProperty("name", value.name());
      to.writeEndObject();
    }
  }

  @JsonSerialize(using = Unbalanced.class)
  private record Broken(String name) {}

  private static final class Unbalanced extends ValueSerializer<Broken> {
    @Override
    public void serialize(Broken value, JsonGenerator to, SerializationContext context) {
      to.writeEndObject();
    }
  }

  @Test
  void aSerializerThatEndsWhatItDidNotBeginIsRefused() {
    assertThatThrownBy(() -> codec.encode(new Broken("a")))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("not Object");
  }

  static List<Object> refused() {
    Map<Object, String> keys = new LinkedHashMap<>();
    keys.put(1, "a");
    keys.put("1", "b");
    Object deep = new Open("a", Map.of("name", "b"));
    Object list = deep;
    for (int i = 0; i < 100; i++) {
      list = new Plain("level", Map.of("inner", list));
    }
    return List.of(
        deep,
        new Open("a", Map.of("x", deep)),
        new Plain("a", Map.of("x", deep)),
        list,
        new Outer("a", new Plain("b", Map.of())),
        new Typed("a"),
        new Custom("a"),
        new Keyed(keys));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aSecondNameIsRefused(Object item) {
    assertThatThrownBy(() -> codec.encode(item))
        .isInstanceOf(SerializationException.class)
        .message()
        .containsAnyOf("is there twice in one object", "Conflict");
  }

  @Test
  void objectsBesideAndAroundOthersKeepTheirOwnNames() {
    Plain inner = new Plain("a", Map.of("name", "b", "more", new TreeMap<>(Map.of("name", "c"))));
    Object item = new Open("a", Map.of("more", inner, "other", List.of(inner, inner)));
    for (int i = 0; i < 150; i++) {
      item = new Plain("level", Map.of("name", item));
    }

    assertThat(codec.fields(codec.encode(item))).containsEntry("name", "level");
    List<Wrapped> wrapped = List.of(new Wrapped("a", inner), new Wrapped("b", inner));
    assertThat(codec.fields(codec.encode(Map.of("all", wrapped)))).containsKey("all");
  }
}
