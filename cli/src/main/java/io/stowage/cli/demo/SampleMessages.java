package io.stowage.cli.demo;

import io.stowage.api.Document;
import io.stowage.cli.command.DocumentJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sample that comes with the command: 200 messages of 25 conversations. */
final class SampleMessages {

  private static final String RESOURCE = "messages.jsonl";

  private SampleMessages() {}

  static List<Document> load() {
    try (InputStream in = SampleMessages.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is not on the class path");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .map(line -> DocumentJson.read(line.getBytes(StandardCharsets.UTF_8)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
