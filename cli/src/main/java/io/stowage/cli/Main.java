package io.stowage.cli;

import io.stowage.cli.command.CountCommand;
import io.stowage.cli.command.DeleteCommand;
import io.stowage.cli.command.GetCommand;
import io.stowage.cli.command.ListCommand;
import io.stowage.cli.demo.DemoCommand;
import io.stowage.cli.keys.KeyCommand;
import io.stowage.cli.load.ImportCommand;
import io.stowage.cli.terminal.CommonOptions;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorReporter;
import io.stowage.cli.upkeep.DictionaryCommand;
import io.stowage.cli.upkeep.DoctorCommand;
import io.stowage.cli.upkeep.InspectCommand;
import io.stowage.cli.upkeep.ReindexCommand;
import io.stowage.cli.upkeep.RotateKeyCommand;
import io.stowage.cli.upkeep.SweepCommand;
import io.stowage.cli.upkeep.TrainCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;

/** The entry of the {@code stowage} command. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicBoolean finished = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interrupted.set(!finished.get()), "stowage-interrupt"));
    int exitCode = run(Environment.ofProcess(), interrupted, arguments);
    finished.set(true);
    System.exit(exitCode);
  }

  /** Runs one command in this process and answers its exit code. */
  static int run(Environment environment, AtomicBoolean interrupted, String... arguments) {
    PrintWriter help =
        new PrintWriter(new OutputStreamWriter(environment.out(), StandardCharsets.UTF_8), true);
    ErrorReporter errors = new ErrorReporter(environment.err(), interrupted);
    return commands(environment)
        .setOut(help)
        .setErr(environment.err())
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .execute(arguments);
  }

  /** All commands, with the options of each. */
  static CommandLine commands(Environment environment) {
    CommandLine command =
        new CommandLine(new StowageCommand())
            .addSubcommand(new DemoCommand(environment))
            .addSubcommand(new ImportCommand(environment))
            .addSubcommand(new GetCommand(environment))
            .addSubcommand(new ListCommand(environment))
            .addSubcommand(new CountCommand(environment))
            .addSubcommand(new DeleteCommand(environment))
            .addSubcommand(new DoctorCommand(environment))
            .addSubcommand(new SweepCommand(environment))
            .addSubcommand(new ReindexCommand(environment))
            .addSubcommand(new InspectCommand(environment))
            .addSubcommand(
                new CommandLine(new DictionaryCommand())
                    .addSubcommand(new TrainCommand(environment)))
            .addSubcommand(KeyCommand.with(environment))
            .addSubcommand(new RotateKeyCommand(environment));
    addCommonOptions(command);
    return command.setExpandAtFiles(false);
  }

  private static void addCommonOptions(CommandLine command) {
    for (CommandLine subcommand : command.getSubcommands().values()) {
      subcommand.addMixin("common", new CommonOptions());
      addCommonOptions(subcommand);
    }
  }
}
