package io.stowage.cli.terminal;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked to do; the message says why, in one sentence. */
public final class CommandFailure extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(String message, int exitCode, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The operation failed. */
  public static CommandFailure failed(String message) {
    return new CommandFailure(message, ExitCode.FAILED, null);
  }

  /** The operation failed because of something else. */
  public static CommandFailure failed(String message, Throwable cause) {
    return new CommandFailure(message, ExitCode.FAILED, cause);
  }

  /** The command line asks for something that cannot be done. */
  public static CommandFailure wrongUsage(String message, Throwable cause) {
    return new CommandFailure(message, ExitCode.WRONG_USAGE, cause);
  }

  /** The command line asks for something that cannot be done. */
  public static CommandFailure wrongUsage(String message) {
    return new CommandFailure(message, ExitCode.WRONG_USAGE, null);
  }

  /** The exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
