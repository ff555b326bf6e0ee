package io.stowage.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.spi.SerializationException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "\"\"", "1", "null", "ü"})
  void plainPayloadsPass(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);

    assertThat(Envelope.requirePlain(payload)).isSameAs(payload);
  }

  @Test
  void refusesAnEnvelopeByTheNumberOfItsFormat() {
    assertThatThrownBy(() -> Envelope.requirePlain(new byte[] {(byte) 0xC1, (byte) 200, 1}))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "payload is in an envelope of format 200, which this version cannot read; it reads"
                + " plain payloads only");
    assertThatThrownBy(() -> Envelope.requirePlain(new byte[] {(byte) Envelope.MARK}))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("payload is in an envelope of format none,");
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> Envelope.requirePlain(new byte[0]))
        .isInstanceOf(SerializationException.class)
        .hasMessage("payload is empty");
  }

  @Test
  void theMarkBeginsNoUtf8() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
      if (Byte.toUnsignedInt(utf8[0]) == Envelope.MARK) {
        throw new AssertionError("code point " + codePoint + " begins with the mark");
      }
    }
  }
}
