package io.stowage.cli.command;

import io.stowage.api.Document;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints one item by its id. */
@Command(
    name = "get",
    description = "Prints the item with this id as JSON; exit code 1 if there is none.")
public final class GetCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Parameters(index = "1", paramLabel = "ID", description = "The item's id.")
  private String id = "";

  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public GetCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment)) {
      Document item =
          backend
              .existing(store)
              .load(id)
              .orElseThrow(
                  () ->
                      CommandFailure.failed(
                          "there is no item '" + id + "' in store '" + store + "'"));
      output.line(DocumentJson.write(item));
    }
    return ExitCode.OK;
  }
}
