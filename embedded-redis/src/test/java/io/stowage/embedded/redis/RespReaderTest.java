package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RespReaderTest {

  private static final String NESTED = "%1\r\n+k\r\n*3\r\n:1\r\n~1\r\n#t\r\n-ERR x\r\n";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RespReader reader(String text) {
    return new RespReader(new ByteArrayInputStream(bytes(text)));
  }

  private static @Nullable Object read(String text) throws IOException {
    return reader(text).read();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("+OK\r\n", "OK"),
        Arguments.of("+\r\n", ""),
        Arguments.of("+gr\u00fcn\r\n", "gr\u00fcn"),
        Arguments.of("-ERR no\r\n", new RespError("ERR no")),
        Arguments.of("!6\r\nERR\r\nx\r\n", new RespError("ERR\r\nx")),
        Arguments.of(":-9223372036854775808\r\n", Long.MIN_VALUE),
        Arguments.of(":+7\r\n", 7L),
        Arguments.of("$5\r\na\r\nbc\r\n", bytes("a\r\nbc")),
        Arguments.of("$0\r\n\r\n", new byte[0]),
        Arguments.of("$-1\r\n", null),
        Arguments.of("*-1\r\n", null),
        Arguments.of("_\r\n", null),
        Arguments.of("#t\r\n", true),
        Arguments.of("#f\r\n", false),
        Arguments.of(",1.5\r\n", 1.5),
        Arguments.of(",-2\r\n", -2.0),
        Arguments.of(",1e-3\r\n", 0.001),
        Arguments.of(",inf\r\n", Double.POSITIVE_INFINITY),
        Arguments.of(",-inf\r\n", Double.NEGATIVE_INFINITY),
        Arguments.of(",nan\r\n", Double.NaN),
        Arguments.of("(-12345678901234567890\r\n", new BigInteger("-12345678901234567890")),
        Arguments.of("=7\r\ntxt:a\nb\r\n", bytes("a\nb")),
        Arguments.of("*0\r\n", List.of()),
        Arguments.of("*2\r\n:1\r\n+b\r\n", List.of(1L, "b")),
        Arguments.of("*2\r\n$-1\r\n_\r\n", Arrays.asList(null, null)),
        Arguments.of("~2\r\n:1\r\n:2\r\n", List.of(1L, 2L)),
        Arguments.of("%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n", List.of("a", 1L, "b", 2L)),
        Arguments.of(">2\r\n+invalidate\r\n_\r\n", new RespPush(Arrays.asList("invalidate", null))),
        Arguments.of("|1\r\n+ttl\r\n:3\r\n:5\r\n", 5L),
        Arguments.of("*2\r\n|1\r\n+a\r\n*1\r\n:3\r\n+x\r\n:2\r\n", List.of("x", 2L)),
        Arguments.of(NESTED, List.of("k", List.of(1L, List.of(true), new RespError("ERR x")))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void readsEachType(String text, @Nullable Object expected) throws IOException {
    assertThat(read(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("values")
  void takesNoByteBeyondTheValue(String text, @Nullable Object expected) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes(text + text + "+end\r\n"));
    RespReader reader = new RespReader(in);
    assertThat(reader.read()).isEqualTo(expected);
    assertThat(reader.read()).isEqualTo(expected);
    assertThat(in.readAllBytes()).asString().isEqualTo("+end\r\n");
  }

  @ParameterizedTest
  @MethodSource("values")
  void framesAreTheBytesOfAValue(String text) throws IOException {
    RespReader reader = reader(text + "+middle\r\n" + text);
    assertThat(reader.readFrame()).isEqualTo(bytes(text));
    assertThat(reader.read()).isEqualTo("middle");
    assertThat(reader.readFrame()).isEqualTo(bytes(text));
    assertThat(reader.readFrame()).isNull();
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesThatAreCutAreNoValues(String text) {
    byte[] whole = bytes(text);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(EOFException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> new RespReader(new ByteArrayInputStream(part)).read());
      if (length > 0) {
        assertThatExceptionOfType(EOFException.class)
            .as("%d bytes", length)
            .isThrownBy(() -> new RespReader(new ByteArrayInputStream(part)).readFrame());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("values")
  void bytesMayComeOneByOne(String text, @Nullable Object expected) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(bytes(text)) {
          @Override
          public int read(byte[] buffer, int from, int length) {
            return super.read(buffer, from, Math.min(1, length));
          }
        };
    assertThat(new RespReader(slow).read()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PING\r\n",
        "HTTP/1.1 200 OK\r\n",
        "\r\n",
        "\n\n",
        "+a\n",
        "+a\rb\r\n",
        ":\r\n",
        ":1.5\r\n",
        ":9223372036854775808\r\n",
        "$x\r\n",
        "$-2\r\n",
        "$?\r\n",
        "$1\r\nabc",
        "$1073741825\r\n",
        "*-2\r\n",
        "*2147483648\r\n",
        "*?\r\n",
        "~-1\r\n",
        "%-1\r\n",
        "!-1\r\n",
        "=-1\r\n",
        "=3\r\ntxt\r\n",
        "=4\r\ntext\r\n",
        "#x\r\n",
        "_x\r\n",
        ",\r\n",
        ",1d\r\n",
        ",0x1p3\r\n",
        ",Infinity\r\n",
        "(1.5\r\n",
        "(\r\n",
        "*1\r\nx\r\n"
      })
  void garbageIsRefused(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(text));
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> reader(text).readFrame());
  }

  @Test
  void lengthsThatAreClaimedTakeNoMemory() {
    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read("$1073741824\r\nabc"));
    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read("*2147483647\r\n:1\r\n"));
    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read("%2147483647\r\n:1\r\n"));
  }

  @Test
  void linesHaveALimit() throws IOException {
    String longest = "x".repeat(1 << 16);
    assertThat(read("+" + longest + "\r\n")).isEqualTo(longest);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> read("+" + longest + "x\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*1\r\n", "~1\r\n", "|0\r\n"})
  void depthHasALimit(String layer) throws IOException {
    Object value = read(layer.repeat(127) + ":1\r\n");
    int lists = 0;
    while (value instanceof List<?> list) {
      value = list.get(0);
      lists++;
    }
    assertThat(value).isEqualTo(1L);
    assertThat(lists).isEqualTo(layer.startsWith("|") ? 0 : 127);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> read(layer.repeat(128) + ":1\r\n"));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> read(layer.repeat(1_000_000)));
  }
}
