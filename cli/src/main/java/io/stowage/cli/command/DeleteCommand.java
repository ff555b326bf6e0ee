package io.stowage.cli.command;

import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes items by their ids. */
@Command(
    name = "delete",
    description = "Deletes the items with these ids; an id that is not there is no error.")
public final class DeleteCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID", description = "The items' ids.")
  private List<String> ids = new ArrayList<>();

  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public DeleteCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Set<String> distinct = new LinkedHashSet<>(ids);
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment)) {
      long deleted = backend.existing(store).deleteAll(distinct);
      output.line("deleted " + deleted + " of " + distinct.size() + " items from '" + store + "'");
    }
    return ExitCode.OK;
  }
}
