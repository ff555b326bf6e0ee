package io.stowage.cli.command;

import io.stowage.api.Query;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints how many items match. */
@Command(name = "count", description = "Prints how many items match, exactly.")
public final class CountCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Mixin private final SelectionOptions selection = new SelectionOptions();
  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public CountCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment)) {
      long count = backend.existing(store).count(Query.matching(selection.asFilter()));
      output.line(Long.toString(count));
    }
    return ExitCode.OK;
  }
}
