package io.stowage.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The adapters that come with the command. */
public enum AdapterName {
  REDIS_LETTUCE,
  REDIS_JEDIS,
  MEMORY;

  /** The name as it is written in options. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads the name of an adapter. */
  public static final class Converter implements ITypeConverter<AdapterName> {

    public Converter() {}

    @Override
    public AdapterName convert(String text) {
      List<AdapterName> all = Arrays.asList(values());
      return all.stream()
          .filter(adapter -> adapter.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no adapter '" + text + "'; allowed are " + all));
    }
  }
}
