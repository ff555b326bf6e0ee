package io.stowage.cli.command;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Prints the items that match, one a line, while they are read. */
@Command(
    name = "list",
    description = "Prints the items that match as JSON, one a line, the oldest first.")
public final class ListCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Mixin private final SelectionOptions selection = new SelectionOptions();

  @Option(names = "--newest", description = "The newest first.")
  private boolean newest;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = LimitConverter.class,
      description = "At most so many items, 1 or more.")
  private @Nullable Integer limit;

  @Option(
      names = "--skip-corrupted",
      description =
          "Pass over items that cannot be decoded, or not be written as JSON, and name them on"
              + " standard error.")
  private boolean skipCorrupted;

  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public ListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Backend backend = Backend.open(backendOptions, environment);
        Stream<Document> items = items(backend.existing(store));
        Output output = new Output(environment)) {
      items.forEach(item -> print(item, output));
    }
    return ExitCode.OK;
  }

  private void print(Document item, Output output) {
    try {
      output.line(DocumentJson.write(item));
    } catch (CommandFailure e) {
      if (!skipCorrupted) {
        throw e;
      }
      environment.err().println(ErrorLine.of(e));
    }
  }

  private Stream<Document> items(Storage<Document> items) {
    return skipCorrupted
        ? items.stream(query(), e -> environment.err().println(ErrorLine.of(e)))
        : items.stream(query());
  }

  private Query query() {
    Query matching = Query.matching(selection.asFilter());
    Query ordered = newest ? matching.newestFirst() : matching.oldestFirst();
    return limit == null ? ordered : ordered.limit(limit);
  }

  /** Reads a limit. */
  static final class LimitConverter implements ITypeConverter<Integer> {

    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,9}");

    LimitConverter() {}

    @Override
    public Integer convert(String text) {
      boolean isLimit = LIMIT.matcher(text).matches() && Long.parseLong(text) <= Integer.MAX_VALUE;
      if (!isLimit) {
        throw new TypeConversionException(
            "'" + text + "' is no limit; allowed are whole numbers from 1 to " + Integer.MAX_VALUE);
      }
      return Integer.valueOf(text);
    }
  }
}
