package io.stowage.serialization.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Year;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Makes the mapper whose JSON comes back as it was, or is refused. */
final class StrictJson {

  /** The levels of a document: those that it may nest, and itself. */
  static final int MAX_DEPTH = 501;

  /** The longest number in characters; reading one takes time by the square of its length. */
  static final int MAX_NUMBER_LENGTH = 10_000;

  /** The longest text in characters: as much as a Redis value may hold in bytes. */
  private static final int MAX_TEXT_LENGTH = 512 * 1024 * 1024;

  private StrictJson() {}

  static JsonMapper mapper() {
    return JsonMapper.builder(factory())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .addModule(values())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(
            MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(
            DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
            DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
            DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
        .build();
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxStringLength(MAX_TEXT_LENGTH)
                .maxNameLength(MAX_TEXT_LENGTH)
                .build())
        .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
        .addDecorator((factory, generator) -> new RefusingGenerator(generator))
        .build();
  }

  /**
   * Texts of {@code java.time} values are those of {@code toString()}: filters compare with these,
   * so a stored value and an operand of the same time must have the same text.
   */
  private static SimpleModule values() {
    return new SimpleModule("stowage")
        .addDeserializer(Number.class, new ExactNumberDeserializer())
        .addSerializer(LocalDateTime.class, ToStringSerializer.instance)
        .addSerializer(LocalTime.class, ToStringSerializer.instance)
        .addSerializer(OffsetTime.class, ToStringSerializer.instance)
        .addSerializer(Year.class, ToStringSerializer.instance);
  }
}
