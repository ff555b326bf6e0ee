package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class KryoRealMessagesTest {

  private static final Path FILE =
      Path.of("..", "..", "shared", "data", "sgd-dialogues.jsonl.gz").toAbsolutePath().normalize();

  @Test
  void everyRealMessageComesBackAndThroughJson() throws IOException {
    assumeTrue(
        Files.exists(FILE),
        "NO_REAL_DATA: no shared/data beside the project; made-up data is tested all the same");
    JsonCodec json = new JsonCodec();
    KryoCodec codec = new KryoCodec();
    int count = 0;
    long textSize = 0;
    long size = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        Document message = json.decode(text, Document.class);
        byte[] bytes = codec.encode(message);
        assertThat(codec.decode(bytes, Document.class)).isEqualTo(message);
        assertThat(json.encode(codec.fields(bytes))).isEqualTo(json.encode(message));
        count++;
        textSize += json.encode(message).length;
        size += bytes.length;
      }
    }
    System.out.println(
        count + " real messages: JSON " + textSize / count + " bytes, Kryo " + size / count);
    assertThat(count).isEqualTo(16_850);
  }
}
