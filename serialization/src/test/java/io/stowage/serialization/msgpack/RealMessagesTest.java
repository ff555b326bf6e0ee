package io.stowage.serialization.msgpack;

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
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RealMessagesTest {

  private static final Path FILE =
      Path.of("..", "..", "shared", "data", "sgd-dialogues.jsonl.gz").toAbsolutePath().normalize();

  private final JsonCodec json = new JsonCodec();
  private final MessagePackCodec packed = new MessagePackCodec();

  @Test
  void realMessagesComeBackThroughEitherAndBoth() throws IOException {
    assumeTrue(
        Files.exists(FILE),
        "NO_REAL_DATA: no shared/data beside the project; made-up data is tested all the same");
    List<byte[]> lines = lines();
    assertThat(lines).hasSize(16_850);
    for (byte[] line : lines) {
      Document message = json.decode(line, Document.class);
      byte[] asJson = json.encode(message);
      byte[] asMessagePack = packed.encode(message);

      assertThat(json.decode(asJson, Document.class)).isEqualTo(message);
      assertThat(packed.decode(asMessagePack, Document.class)).isEqualTo(message);
      assertThat(packed.fields(asMessagePack)).isEqualTo(json.fields(asJson));
      assertThat(asMessagePack.length).isLessThan(asJson.length);
    }
  }

  private static List<byte[]> lines() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }
  }
}
