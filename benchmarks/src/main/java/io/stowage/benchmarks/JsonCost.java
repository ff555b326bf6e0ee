package io.stowage.benchmarks;

import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cost of the codec {@code json} as a multiple of Jackson's own, by processor time: a figure
 * that also holds on a machine that does other things.
 */
public final class JsonCost {

  private final JsonCodec codec = new JsonCodec();
  private final JsonMapper jackson = PlainJackson.mapper();
  private final Message message = Message.sample();
  private final byte[] json = codec.encode(message);
  private final Document document = Document.of(codec.fields(json));

  /** Prints the ratios, a line each. */
  public static void main(String[] arguments) {
    new JsonCost()
        .ratios()
        .forEach((work, ratio) -> System.out.printf(Locale.ROOT, "%-16s %.2f%n", work, ratio));
  }

  /** The median ratio by the kind of work. Takes some ten seconds. */
  public Map<String, Double> ratios() {
    Map<String, Double> ratios = new LinkedHashMap<>();
    ratios.put(
        "encode item",
        ratio(() -> codec.encode(message), () -> jackson.writeValueAsBytes(message)));
    ratios.put(
        "decode item",
        ratio(
            () -> codec.decode(json, Message.class), () -> jackson.readValue(json, Message.class)));
    ratios.put(
        "encode document",
        ratio(() -> codec.encode(document), () -> jackson.writeValueAsBytes(document.asMap())));
    ratios.put(
        "decode document",
        ratio(
            () -> codec.decode(json, Document.class),
            () -> Document.of(PlainJackson.map(jackson, json))));
    return ratios;
  }

  private static double ratio(Supplier<?> work, Supplier<?> measure) {
    return Interleaved.medianRatio(work, measure);
  }
}
