package io.stowage.cli.upkeep;

import io.stowage.api.Document;
import io.stowage.api.ItemReport;
import io.stowage.api.ItemType;
import io.stowage.api.StoreOptions;
import io.stowage.cli.command.Backend;
import io.stowage.cli.command.BackendOptions;
import io.stowage.cli.command.DocumentJson;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what is stored of one item. */
@Command(
    name = "inspect",
    description = {
      "Tells what is stored of one item: sizes, codec, compression, dictionary, key, version, TTL"
          + " and index entries.",
      "Exit code 1 if there is no such item, or it cannot be decoded."
    })
public final class InspectCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Parameters(index = "1", paramLabel = "ID", description = "The item's id.")
  private String id = "";

  @Option(names = "--decode", description = "Print the item too, as JSON.")
  private boolean decode;

  @Option(names = "--json", description = "Print all as one JSON object.")
  private boolean json;

  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public InspectCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment)) {
      StoreOptions options = backend.storeOptions().build();
      ItemType<Document> type = StoredType.of(store, backend.definition(store));
      ItemReport report =
          backend
              .platform()
              .maintenance(type, options)
              .inspect(id)
              .orElseThrow(
                  () ->
                      CommandFailure.failed(
                          "there is no item '" + id + "' in store '" + store + "'"));
      boolean isReadable = report.damage().isEmpty();
      Optional<Document> item =
          decode && isReadable
              ? backend.platform().store(type, options).load(id)
              : Optional.empty();
      if (json) {
        output.line(ReportJson.of(report, item));
      } else {
        ItemText.print(report, output);
        item.ifPresent(document -> output.line(DocumentJson.write(document)));
      }
      return isReadable ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
