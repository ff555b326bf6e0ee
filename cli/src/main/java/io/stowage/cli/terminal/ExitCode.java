package io.stowage.cli.terminal;

/** The exit codes of every command. */
public final class ExitCode {

  /** The operation did what it was asked to do. */
  public static final int OK = 0;

  /** The operation failed, or what it was to find is not there. */
  public static final int FAILED = 1;

  /** The command line asks for something that no command does. */
  public static final int WRONG_USAGE = 2;

  private ExitCode() {}
}
