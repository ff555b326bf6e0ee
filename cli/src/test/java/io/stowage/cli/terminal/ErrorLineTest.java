package io.stowage.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorLineTest {

  @Test
  void oneLineWithoutControlCharacters() {
    assertThat(ErrorLine.of(" a\n\tb\r\nc\u001b[31md\u0000 ")).isEqualTo("a b c [31md");
  }

  @Test
  void noPassword() {
    assertThat(ErrorLine.of("cannot reach redis://me:se@cret@host:1/2, or redis://:x@h"))
        .isEqualTo("cannot reach redis://***@host:1/2, or redis://***@h");
    assertThat(ErrorLine.of("no host in rediss-cluster://me:a/b@c@h1:1,h2/3 found"))
        .isEqualTo("no host in rediss-cluster://***@h1:1,h2/3 found");
    assertThat(ErrorLine.of("allowed is redis://[user:password@]host and mail to a@b"))
        .isEqualTo("allowed is redis://[user:password@]host and mail to a@b");
  }

  @Test
  void bounded() {
    assertThat(ErrorLine.of("x".repeat(5_000))).hasSize(4_004).endsWith("x ...");
  }

  @Test
  void anExceptionWithoutAMessageIsNamed() {
    assertThat(ErrorLine.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
