package io.stowage.cli.upkeep;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command about compression dictionaries, without a subcommand. */
@Command(
    name = "dictionary",
    description = "Makes compression dictionaries.",
    synopsisSubcommandLabel = "COMMAND")
public final class DictionaryCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // The command line sets the field.
  public DictionaryCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing; there is train");
  }
}
