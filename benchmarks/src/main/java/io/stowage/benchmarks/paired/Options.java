package io.stowage.benchmarks.paired;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param json the file to write the figures to
 * @param baseline the figures of an earlier run to compare with
 */
record Options(Scale scale, Optional<Path> json, Optional<Report> baseline) {

  static final String USAGE =
      "[--rounds N] [--json FILE] [--baseline FILE], N from 1 to " + Scale.MAX_ROUNDS;

  /**
   * Reads the arguments, and the baseline.
   *
   * @throws IllegalArgumentException if they cannot be understood, or a file is of no use
   */
  static Options parse(List<String> arguments) {
    Scale scale = Scale.USUAL;
    Optional<Path> json = Optional.empty();
    Optional<Report> baseline = Optional.empty();
    Set<String> given = new HashSet<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (!given.add(name)) {
        throw new IllegalArgumentException(name + " is given twice; allowed is once");
      }
      switch (name) {
        case "--rounds" -> scale = scale.withRounds(number(name, value(arguments, i)));
        case "--json" -> json = Optional.of(target(value(arguments, i)));
        case "--baseline" -> baseline = Optional.of(Report.read(path(name, value(arguments, i))));
        default ->
            throw new IllegalArgumentException("'" + name + "' is unknown; allowed are " + USAGE);
      }
    }
    return new Options(scale, json, baseline);
  }

  private static String value(List<String> arguments, int name) {
    if (name + 1 == arguments.size()) {
      throw new IllegalArgumentException(
          arguments.get(name) + " has no value; allowed are " + USAGE);
    }
    return arguments.get(name + 1);
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is '" + value + "'; allowed are whole numbers from 1 to " + Scale.MAX_ROUNDS, e);
    }
  }

  private static Path path(String name, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + " is '" + value + "', which is no file name", e);
    }
  }

  /** A file that can be written later, as far as can be told before. */
  private static Path target(String value) {
    Path file = path("--json", value).toAbsolutePath();
    Path directory = file.getParent();
    if (Files.isDirectory(file) || directory == null || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "--json is '" + value + "'; allowed is a file in a directory that exists");
    }
    return file;
  }
}
