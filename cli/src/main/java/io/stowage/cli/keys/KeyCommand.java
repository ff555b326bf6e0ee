package io.stowage.cli.keys;

import io.stowage.cli.terminal.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command about keys, without a subcommand. */
@Command(
    name = "key",
    description = "Makes and changes the key sets with which items are encrypted.",
    synopsisSubcommandLabel = "COMMAND")
public final class KeyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // The command line sets the field.
  private KeyCommand() {}

  /** The command with its subcommands. */
  public static CommandLine with(Environment environment) {
    return new CommandLine(new KeyCommand())
        .addSubcommand(new CreateKeyCommand(environment))
        .addSubcommand(new AddKeyCommand(environment))
        .addSubcommand(new PromoteKeyCommand(environment))
        .addSubcommand(new RemoveKeyCommand(environment))
        .addSubcommand(new ListKeysCommand(environment));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; there are create, add, promote, remove and list");
  }
}
