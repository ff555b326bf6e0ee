package io.stowage.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the process around it.
 *
 * @param in standard input
 * @param out standard output; a write to it fails with an exception if nobody reads it any more
 * @param err standard error, for people
 * @param directory the directory that relative paths begin at
 * @param variables the environment variables
 * @param interactive whether standard error is a terminal
 */
public record Environment(
    InputStream in,
    OutputStream out,
    PrintWriter err,
    Path directory,
    Map<String, String> variables,
    boolean interactive) {

  /** The property by which the launcher tells that standard error is a terminal. */
  private static final String INTERACTIVE = "stowage.interactive";

  public Environment {
    variables = Map.copyOf(variables);
  }

  /** The environment of this process. */
  public static Environment ofProcess() {
    return new Environment(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Path.of("").toAbsolutePath(),
        System.getenv(),
        Boolean.getBoolean(INTERACTIVE));
  }
}
