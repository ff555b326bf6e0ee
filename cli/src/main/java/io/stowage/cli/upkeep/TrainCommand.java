package io.stowage.cli.upkeep;

import io.stowage.api.Compression;
import io.stowage.api.DictionaryOptions;
import io.stowage.api.DictionaryReport;
import io.stowage.cli.command.Backend;
import io.stowage.cli.command.BackendOptions;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import io.stowage.cli.terminal.StatusLine;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a compression dictionary. */
@Command(
    name = "train",
    description = {
      "Trains a zstd dictionary from the items of a store, and has it used from now on.",
      "Programs that have the store open and compress with zstd use it within half their grace"
          + " period. Older dictionaries stay for the items that were compressed with them. Exit"
          + " code 1 if items were passed over because they cannot be read."
    })
public final class TrainCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store's name.")
  private String store = "";

  @Option(
      names = "--max-size",
      paramLabel = "BYTES",
      description = "The greatest size of the dictionary; 16384 by default.")
  private @Nullable Integer maxSize;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Train from so many items at most; 20000 by default.")
  private @Nullable Integer samples;

  @Mixin private final BackendOptions backendOptions = new BackendOptions();

  public TrainCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    DictionaryOptions training = training();
    try (Backend backend = Backend.open(backendOptions, environment);
        Output output = new Output(environment);
        StatusLine line = new StatusLine(environment)) {
      DictionaryReport report =
          backend
              .platform()
              .maintenance(
                  StoredType.of(store, backend.definition(store)),
                  backend.storeOptions().compression(Compression.zstd()).build())
              .trainDictionary(training, new ProgressText(line)::show);
      output.line(summary(report));
      return report.unreadable() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private DictionaryOptions training() {
    DictionaryOptions usual = DictionaryOptions.defaults();
    return new DictionaryOptions(
        maxSize == null ? usual.maxBytes() : maxSize,
        samples == null ? usual.maxSamples() : samples);
  }

  private String summary(DictionaryReport report) {
    return String.format(
        Locale.ROOT,
        "trained dictionary %d of '%s' in %.1f s: %,d bytes from %,d items; these take %,d bytes,"
            + " %,d compressed with it, %,d as before%s",
        report.number(),
        store,
        report.elapsed().toMillis() / 1e3,
        report.bytes(),
        report.samples(),
        report.sampledBytes(),
        report.compressedBytes(),
        report.compressedBefore(),
        report.unreadable() > 0 ? "; " + report.unreadable() + " items cannot be read" : "");
  }
}
