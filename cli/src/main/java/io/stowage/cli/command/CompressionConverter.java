package io.stowage.cli.command;

import io.stowage.api.Compression;
import io.stowage.api.Compression.Algorithm;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a compression: an algorithm's name and, after a colon, a level. */
public final class CompressionConverter implements ITypeConverter<Compression> {

  private static final Pattern FORM = Pattern.compile("([a-z0-9]+)(?::([0-9]{1,3}))?");

  public CompressionConverter() {}

  @Override
  public Compression convert(String text) {
    Matcher matcher = FORM.matcher(text);
    Algorithm algorithm = matcher.matches() ? algorithm(matcher.group(1)) : null;
    if (algorithm == null) {
      throw refusal(text, "unknown");
    }
    Compression usual =
        switch (algorithm) {
          case NONE -> Compression.none();
          case GZIP -> Compression.gzip();
          case ZSTD -> Compression.zstd();
          case LZ4 -> Compression.lz4();
        };
    if (matcher.group(2) == null) {
      return usual;
    }
    try {
      return new Compression(algorithm, Integer.parseInt(matcher.group(2)), usual.threshold());
    } catch (IllegalArgumentException e) {
      throw refusal(text, e.getMessage());
    }
  }

  private static @Nullable Algorithm algorithm(String name) {
    return Arrays.stream(Algorithm.values())
        .filter(algorithm -> algorithm.label().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static TypeConversionException refusal(String text, @Nullable String reason) {
    return new TypeConversionException(
        "'"
            + text
            + "' is no compression ("
            + reason
            + "); allowed are none, gzip[:1-9], zstd[:1-19] and lz4");
  }
}
