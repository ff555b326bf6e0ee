package io.stowage.benchmarks;

import io.stowage.api.Version;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopePort;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Compressing and decompressing one item; with {@code -prof gc}, what they allocate. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets up a state before it is used
public class CompressionBenchmark {

  private static final String ID = "42";
  private static final Version VERSION = new Version(1);

  /** How the store compresses. */
  @Param public Envelopes how;

  private EnvelopePort envelopes;
  private Content content;
  private byte[] payload;

  /** Opens the store's envelopes, and says how large the results are. */
  @Setup
  public void open() {
    envelopes = how.open();
    content = Envelopes.content(1);
    payload = envelopes.seal(envelopes.pack(content), ID, VERSION);
    System.out.println(
        how + ": " + content.bytes().length + " bytes are stored as " + payload.length);
  }

  @Benchmark
  public byte[] compress() {
    return envelopes.seal(envelopes.pack(content), ID, VERSION);
  }

  @Benchmark
  public Content decompress() {
    return envelopes.open(payload, ID, VERSION);
  }
}
