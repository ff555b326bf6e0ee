package io.stowage.cli.terminal;

import picocli.CommandLine.Option;

/** The options that every command has. */
public final class CommonOptions {

  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  /** Read by the command line itself. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  public CommonOptions() {}

  /** Called while the command line is parsed, which is before any logger is made. */
  @Option(
      names = "--verbose",
      description = "Log what happens, and print the stack trace of an error.")
  void setVerbose(boolean verbose) {
    if (verbose) {
      System.setProperty(LOG_LEVEL, "info");
    }
  }
}
