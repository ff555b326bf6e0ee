package io.stowage.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: it has only options that explain it. */
@Command(
    name = "stowage",
    description = "Keeps items with secondary indexes and TTL on Redis or in memory.",
    mixinStandardHelpOptions = true,
    versionProvider = ImplementationVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Without --uri and STOWAGE_URI the data is kept in .stowage/ of the current directory.",
      "Exit code: 0 done, 1 failed, 2 wrong usage.",
      "",
      "A start: stowage demo"
    })
final class StowageCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // The command line sets the field.
  StowageCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; there are " + String.join(", ", spec.subcommands().keySet()));
  }
}
