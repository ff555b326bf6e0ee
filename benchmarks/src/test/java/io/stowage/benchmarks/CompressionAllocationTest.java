package io.stowage.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stowage.api.Version;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopePort;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("full")
class CompressionAllocationTest {

  private static final Version VERSION = new Version(1);
  private static final int CALLS = 20_000;

  /** The results' objects, and what one call costs before it is compiled. */
  private static final int SMALL_CHANGE = 256;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private Object kept = "";

  @ParameterizedTest
  @EnumSource(Envelopes.class)
  void nothingIsAllocatedBeyondTheResult(Envelopes how) {
    EnvelopePort envelopes = how.open();
    Content content = Envelopes.content(1);
    byte[] payload = envelopes.seal(envelopes.pack(content), "42", VERSION);
    assertThat(payload.length).isLessThan(content.bytes().length);

    assertThat(allocatedBy(() -> envelopes.seal(envelopes.pack(content), "42", VERSION)))
        .as("compress %s", how)
        .isLessThan(payload.length + SMALL_CHANGE);
    assertThat(allocatedBy(() -> envelopes.open(payload, "42", VERSION)))
        .as("decompress %s", how)
        .isLessThan(content.bytes().length + SMALL_CHANGE);
  }

  /** Bytes a call, by this thread's own count. */
  private long allocatedBy(Supplier<?> work) {
    run(work);
    long before = threads.getCurrentThreadAllocatedBytes();
    run(work);
    return (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
  }

  private void run(Supplier<?> work) {
    for (int i = 0; i < CALLS; i++) {
      kept = work.get();
    }
    assertThat(kept).isNotNull();
  }
}
