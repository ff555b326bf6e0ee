package io.stowage.testkit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RespFramesTest {

  private static final String GET = "*2\r\n$3\r\nget\r\n$1\r\na\r\n";

  private final RespFrames frames = new RespFrames();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(bytes(text));
  }

  @Test
  void cutsAPipelineIntoItsCommands() throws IOException {
    InputStream in = stream(GET + GET + "+OK\r\n");
    assertThat(frames.next(in)).isEqualTo(bytes(GET));
    assertThat(frames.next(in)).isEqualTo(bytes(GET));
    assertThat(frames.next(in)).isEqualTo(bytes("+OK\r\n"));
    assertThat(frames.next(in)).isNull();
  }

  @Test
  void tellsTheEndInsideAFrameFromGarbage() {
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> frames.next(stream(GET.substring(0, 9))));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> frames.next(stream("GET a\r\n")));
  }

  @Test
  void namesCommandsAndKnowsPushes() {
    assertThat(RespFrames.name(bytes(GET))).isEqualTo("GET");
    assertThat(RespFrames.name(bytes("+OK\r\n"))).isEqualTo("+OK");
    assertThat(RespFrames.isPush(bytes(">1\r\n+x\r\n"))).isTrue();
    assertThat(RespFrames.isPush(bytes(GET))).isFalse();
  }
}
