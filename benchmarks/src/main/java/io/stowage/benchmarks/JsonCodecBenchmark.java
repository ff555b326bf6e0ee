package io.stowage.benchmarks;

import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/** The codec {@code json} beside a mapper that writes the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class JsonCodecBenchmark {

  private final JsonCodec codec = new JsonCodec();
  private final JsonMapper jackson = PlainJackson.mapper();
  private final Message message = Message.sample();
  private final byte[] json = codec.encode(message);
  private final Document document = Document.of(codec.fields(json));

  /** Refuses to measure two things that do not do the same. */
  public JsonCodecBenchmark() {
    byte[] same = jackson.writeValueAsBytes(message);
    if (!Arrays.equals(json, same)) {
      throw new IllegalStateException("codec and mapper write different JSON");
    }
  }

  @Benchmark
  public byte[] encodeItemByCodec() {
    return codec.encode(message);
  }

  @Benchmark
  public byte[] encodeItemByJackson() {
    return jackson.writeValueAsBytes(message);
  }

  @Benchmark
  public Object decodeItemByCodec() {
    return codec.decode(json, Message.class);
  }

  @Benchmark
  public Object decodeItemByJackson() {
    return jackson.readValue(json, Message.class);
  }

  @Benchmark
  public byte[] encodeDocumentByCodec() {
    return codec.encode(document);
  }

  @Benchmark
  public byte[] encodeDocumentByJackson() {
    return jackson.writeValueAsBytes(document.asMap());
  }

  @Benchmark
  public Object decodeDocumentByCodec() {
    return codec.decode(json, Document.class);
  }

  /** A mapper has no documents: it reads a map, and making the document of it is part of both. */
  @Benchmark
  public Object decodeDocumentByJackson() {
    return Document.of(PlainJackson.map(jackson, json));
  }
}
