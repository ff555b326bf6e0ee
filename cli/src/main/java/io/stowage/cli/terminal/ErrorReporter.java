package io.stowage.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Turns exceptions into one line on standard error and an exit code; the stack trace only with
 * {@code --verbose}.
 */
public final class ErrorReporter implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final PrintWriter err;
  private final AtomicBoolean interrupted;

  /**
   * @param err standard error
   * @param interrupted becomes true when the user interrupts the process; what fails after that
   *     fails because of it and is not reported
   */
  public ErrorReporter(PrintWriter err, AtomicBoolean interrupted) {
    this.err = err;
    this.interrupted = interrupted;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    err.println(command + ": " + ErrorLine.of(failure) + " (see '" + command + " --help')");
    err.flush();
    return ExitCode.WRONG_USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof OutputException broken && broken.isReaderGone()) {
      return ExitCode.OK;
    }
    if (interrupted.get()) {
      return ExitCode.FAILED;
    }
    err.println(command.getCommandSpec().qualifiedName() + ": " + ErrorLine.of(failure));
    if (command.getParseResult().hasMatchedOption("--verbose")) {
      failure.printStackTrace(err);
    }
    err.flush();
    return exitCode(failure);
  }

  private static int exitCode(Exception failure) {
    if (failure instanceof CommandFailure known) {
      return known.exitCode();
    }
    // What the API refuses before it does anything came from the command line as it is.
    return failure instanceof IllegalArgumentException ? ExitCode.WRONG_USAGE : ExitCode.FAILED;
  }
}
