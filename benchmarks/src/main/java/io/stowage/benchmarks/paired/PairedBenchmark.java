package io.stowage.benchmarks.paired;

import io.stowage.embedded.redis.EmbeddedRedis;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what the library costs over the same work by hand, on a server of its own. Two runs,
 * before and after a change, tell what the change costs.
 */
public final class PairedBenchmark {

  private static final List<Integer> THREADS = List.of(1, 8);
  private static final long SEED = 20_250_314;

  private final Scale scale;
  private final Documents documents;

  PairedBenchmark(Scale scale) {
    this.scale = scale;
    this.documents = Documents.made(SEED, scale.sessions());
  }

  /** Prints the figures; ends with 2 if the arguments are wrong. */
  public static void main(String[] arguments) throws IOException {
    int status = run(List.of(arguments), System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Answers the status with which to end. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    }
    Report report = new PairedBenchmark(options.scale()).run();
    report.table().forEach(out::println);
    if (options.baseline().isPresent()) {
      out.println();
      report.differences(options.baseline().get()).forEach(out::println);
    }
    if (options.json().isPresent()) {
      report.write(options.json().get());
    }
    return 0;
  }

  /**
   * Starts a server and measures.
   *
   * @throws IllegalStateException if the sides do not do the same
   */
  Report run() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        Pair lettuce = Pair.open(redis, Client.LETTUCE);
        Pair jedis = Pair.open(redis, Client.JEDIS)) {
      List<Row> rows = rows(List.of(lettuce, jedis));
      return new Report(
          redis.product() + " " + redis.version(),
          Runtime.version().toString(),
          Runtime.getRuntime().availableProcessors(),
          scale.rounds(),
          rows);
    }
  }

  /** All is warmed up before anything is measured, so that no row has code that others had not. */
  private List<Row> rows(List<Pair> pairs) {
    DataCheck check = new DataCheck(documents);
    pairs.forEach(pair -> check.check(pair.library(), pair.byHand()));
    for (Work work : Work.values()) {
      for (Pair pair : pairs) {
        for (int threads : THREADS) {
          pairing(pair).warmUp(work, threads);
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Work work : Work.values()) {
      for (Pair pair : pairs) {
        for (int threads : THREADS) {
          rows.add(pairing(pair).measure(work, threads));
          check.checkStored(pair.library(), pair.byHand());
        }
      }
    }
    return rows;
  }

  private Pairing pairing(Pair pair) {
    return new Pairing(pair.client(), pair.library(), pair.byHand(), documents, scale);
  }
}
