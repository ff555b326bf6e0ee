package io.stowage.benchmarks;

import io.stowage.api.Compression;
import io.stowage.api.Version;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.Content;
import io.stowage.spi.DictionaryPort;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.SerializationPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints how many bytes the messages of a file take on average, with each codec in each
 * compression, envelope included: a table in Markdown.
 */
public final class StoredSizes {

  private static final List<String> CODECS = List.of("json", "msgpack", "kryo");
  private static final int DICTIONARY_BYTES = 16 << 10;

  /** Every so manieth message teaches the dictionary. */
  private static final int SAMPLE_EVERY = 8;

  private static final Version VERSION = Version.of(1, 1);

  private final List<Map<String, @Nullable Object>> messages;

  private StoredSizes(List<Map<String, @Nullable Object>> messages) {
    this.messages = messages;
  }

  /**
   * Prints the table.
   *
   * @param arguments a file of JSON Lines in gzip
   * @throws IOException if it cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException(
          arguments.length + " arguments are given; allowed is one, a file of JSON Lines in gzip");
    }
    of(Path.of(arguments[0])).table().forEach(System.out::println);
  }

  /** The sizes of the messages in a file of JSON Lines in gzip. */
  static StoredSizes of(Path file) throws IOException {
    JsonCodec json = new JsonCodec();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<Map<String, @Nullable Object>> messages = new ArrayList<>();
      lines
          .lines()
          .forEach(line -> messages.add(json.fields(line.getBytes(StandardCharsets.UTF_8))));
      return new StoredSizes(messages);
    }
  }

  /** The lines of the table. */
  List<String> table() {
    List<String> table = new ArrayList<>();
    table.add("| codec | not compressed | gzip | zstd | zstd with dictionary | lz4 |");
    table.add("|---|---|---|---|---|---|");
    for (String name : CODECS) {
      List<Content> contents = contents(codec(name));
      table.add(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.0f | %.0f | %.0f | %.0f |",
              name,
              average(contents, Compression.none()),
              average(contents, Compression.gzip()),
              average(contents, Compression.zstd()),
              averageWithDictionary(contents),
              average(contents, Compression.lz4())));
    }
    return table;
  }

  private static SerializationPort codec(String name) {
    return ServiceLoader.load(SerializationPort.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(codec -> codec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("codec '" + name + "' is not installed"));
  }

  private List<Content> contents(SerializationPort codec) {
    return messages.stream()
        .map(message -> new Content(codec.name(), 1, codec.encode(message)))
        .toList();
  }

  private static double average(List<Content> contents, Compression compression) {
    return average(contents, Envelopes.open(compression, new InMemoryBlobs(), List.of()));
  }

  private static double averageWithDictionary(List<Content> contents) {
    InMemoryBlobs blobs = new InMemoryBlobs();
    DictionaryPort dictionaries =
        Envelopes.open(Compression.zstd(), blobs, List.of()).dictionaries().orElseThrow();
    List<byte[]> samples = new ArrayList<>();
    for (int i = 0; i < contents.size(); i += SAMPLE_EVERY) {
      samples.add(contents.get(i).bytes());
    }
    int number = 1 << 27; // as long as those that stores give
    dictionaries.store(number, dictionaries.train(samples, DICTIONARY_BYTES));
    return average(contents, Envelopes.open(Compression.zstd(), blobs, List.of(number)));
  }

  private static double average(List<Content> contents, EnvelopePort envelopes) {
    return contents.stream()
        .mapToInt(content -> envelopes.seal(envelopes.pack(content), "id", VERSION).length)
        .average()
        .orElse(0);
  }
}
