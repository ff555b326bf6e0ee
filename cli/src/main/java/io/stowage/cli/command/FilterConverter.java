package io.stowage.cli.command;

import io.stowage.api.Filter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the filter of {@code --filter}, a JSON object. */
final class FilterConverter implements ITypeConverter<Filter> {

  FilterConverter() {}

  @Override
  public Filter convert(String json) {
    try {
      return Filter.parse(DocumentJson.readObject(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + json + "' is no filter: " + e.getMessage());
    }
  }
}
