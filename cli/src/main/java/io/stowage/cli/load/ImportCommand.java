package io.stowage.cli.load;

import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.cli.command.Backend;
import io.stowage.cli.command.BackendOptions;
import io.stowage.cli.command.DurationConverter;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorLine;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.cli.terminal.StatusLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports JSON Lines into a store. */
@Command(
    name = "import",
    description = {
      "Saves each line of a file, a JSON object, as an item.",
      "An item with an id that is stored already replaces it, so an import that stopped can simply"
          + " be repeated. An item without an id gets one."
    })
public final class ImportCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(
      index = "0",
      paramLabel = "STORE",
      description = "The store's name; a store that is not there is made.")
  private String store = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "JSON Lines, gzip too, or - for standard input.")
  private String file = "";

  @Mixin private final DefinitionOptions definition = new DefinitionOptions();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long the items live, such as 1h; units are ms, s, m, h and d.")
  private @Nullable Duration ttl;

  @Option(
      names = "--skip-bad",
      description = "Skip lines that are no items and count them; without it they stop the import.")
  private boolean skipBad;

  @Mixin private final ValueOptions values = new ValueOptions();
  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public ImportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    long begin = System.nanoTime();
    definition.check(store);
    try (InputSource source = InputSource.open(file, environment);
        Backend backend = Backend.open(backendOptions, environment, values::applyTo);
        Output output = new Output(environment)) {
      BadLines badLines =
          skipBad ? BadLines.skipping(environment.err()) : BadLines.stopping(environment.err());
      BatchSaver saver =
          new BatchSaver(
              () -> definition.open(backend.platform(), store, storeOptions(backend)),
              opened -> new MissingPlaces(backend.platform().definition(store)),
              badLines);
      load(source, badLines, saver);
      saver.store();
      output.line(summary(saver, badLines, backend.platform().adapter(), begin));
      saver.missingPlaces().forEach(output::line);
    }
    return ExitCode.OK;
  }

  private void load(InputSource source, BadLines badLines, BatchSaver saver) {
    DocumentReader reader = new DocumentReader(new LineReader(source.content()), badLines);
    try (StatusLine line = new StatusLine(environment)) {
      ProgressBar bar = new ProgressBar(line);
      new Importer(reader, saver, () -> bar.show(source.progress(), saver.saved())).run();
    } catch (IOException e) {
      throw stopped(source.name() + " cannot be read: " + ErrorLine.of(e), saver, e);
    } catch (BadLineException e) {
      throw stopped(source.name() + ", " + e.getMessage(), saver, e);
    } catch (StorageException e) {
      throw stopped(ErrorLine.of(e), saver, e);
    }
  }

  private static CommandFailure stopped(String reason, BatchSaver saver, Exception cause) {
    return CommandFailure.failed(
        reason + "; " + saver.saved() + " items were imported before", cause);
  }

  private StoreOptions storeOptions(Backend backend) {
    return values
        .applyTo(backend.storeOptions())
        .ttl(ttl == null ? Ttl.none() : Ttl.absolute(ttl))
        .build();
  }

  private String summary(BatchSaver saver, BadLines badLines, String adapter, long begin) {
    StringBuilder summary = new StringBuilder();
    summary.append(
        String.format(
            Locale.ROOT,
            "imported %d items into '%s' in %.1f s (%s)",
            saver.saved(),
            store,
            (System.nanoTime() - begin) / 1e9,
            adapter));
    if (saver.expired() > 0) {
      summary.append(", ").append(saver.expired()).append(" had expired already");
    }
    if (badLines.skipped() > 0) {
      summary.append(", ").append(badLines.skipped()).append(" bad lines were skipped");
    }
    return summary.toString();
  }
}
