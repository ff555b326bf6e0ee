package io.stowage.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class LineReaderTest {

  private static List<String> lines(InputStream in) throws IOException {
    LineReader reader = new LineReader(in);
    List<String> lines = new ArrayList<>();
    for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
      assertThat(line.number()).isEqualTo(lines.size() + 1L);
      lines.add(line.isTooLong() ? "too long" : new String(line.bytes(), StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static List<String> lines(String text) throws IOException {
    return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void linesWithAndWithoutAnEnd() throws IOException {
    assertThat(lines("")).isEmpty();
    assertThat(lines("a")).containsExactly("a");
    assertThat(lines("a\n")).containsExactly("a");
    assertThat(lines("a\n\nb")).containsExactly("a", "", "b");
    assertThat(lines("\n")).containsExactly("");
  }

  @Test
  void marksAndCarriageReturnsAreNoPartOfALine() throws IOException {
    assertThat(lines("\ufeffa\r\n\ufeffb\rc\r\n\r\n")).containsExactly("a", "\ufeffb\rc", "");
    assertThat(lines("\ufeff")).containsExactly("");
  }

  @Test
  void aLineMayBeLongerThanTheBuffer() throws IOException {
    String longLine = "ä".repeat(100_000);

    assertThat(lines(longLine + "\nb\n" + longLine)).containsExactly(longLine, "b", longLine);
  }

  @Test
  void aLineWithoutEndTakesBoundedMemory() throws IOException {
    long size = LineReader.MAX_BYTES * 3L;

    List<String> lines = lines(new Letters(size));

    assertThat(lines).containsExactly("too long", "after");
  }

  @Test
  void otherEncodingsAreRefusedByName() throws IOException {
    for (Charset wide :
        List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("x-UTF-16LE-BOM"),
            Charset.forName("X-UTF-32BE-BOM"),
            Charset.forName("X-UTF-32LE-BOM"))) {
      for (String text : List.of("{\"id\":\"1\"}\n{\"id\":\"2\"}\n", "\n{\"id\":\"1\"}")) {
        LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(wide)));
        assertThatThrownBy(reader::next)
            .as(wide.name())
            .isInstanceOf(IOException.class)
            .hasMessageContaining("UTF-16")
            .hasMessageContaining("allowed is UTF-8");
      }
    }
    assertThat(lines("\ufeff{}")).containsExactly("{}");
    assertThat(lines("{}\n")).containsExactly("{}");
    assertThat(lines("{")).containsExactly("{");
  }

  @Test
  void whatIsBlank() {
    assertThat(new LineReader.Line(1, new byte[0], false).isBlank()).isTrue();
    assertThat(new LineReader.Line(1, new byte[] {' ', '\t'}, false).isBlank()).isTrue();
    assertThat(new LineReader.Line(1, new byte[] {' ', 'x'}, false).isBlank()).isFalse();
    assertThat(new LineReader.Line(1, new byte[0], true).isBlank()).isFalse();
  }

  /** Very many letters on one line, then another line. */
  private static final class Letters extends InputStream {

    private final ByteArrayInputStream end =
        new ByteArrayInputStream("\nafter".getBytes(StandardCharsets.UTF_8));
    private long left;

    Letters(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : end.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return end.read(buffer, offset, length);
      }
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(buffer, offset, offset + count, (byte) 'x');
      left -= count;
      return count;
    }
  }
}
