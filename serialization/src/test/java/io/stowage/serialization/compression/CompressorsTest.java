package io.stowage.serialization.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.stowage.api.Compression;
import io.stowage.spi.SerializationException;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class CompressorsTest {

  private static final byte[] TEXT =
      "how compressible this text is, this text, and this one. "
          .repeat(20)
          .getBytes(StandardCharsets.UTF_8);

  static Stream<Compressor> all() {
    return Stream.of(
        Compressors.of(Compression.gzip(1)),
        Compressors.of(Compression.gzip(9)),
        Compressors.of(Compression.zstd(1)),
        Compressors.of(Compression.zstd(19)),
        Compressors.zstd(3, Arrays.copyOf(TEXT, 500)),
        Compressors.of(Compression.lz4()));
  }

  private static byte[] compress(Compressor compressor, byte[] bytes) {
    byte[] target = new byte[compressor.bound(bytes.length)];
    int size = compressor.compress(bytes, 0, bytes.length, target, 0, target.length);
    return Arrays.copyOf(target, size);
  }

  @ParameterizedTest
  @MethodSource("all")
  void comesBackWhateverTheSize(Compressor compressor) {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 17, 255, 4096, 70_000, 3_000_000}) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      for (byte[] bytes : List.of(noise, new byte[length])) {
        byte[] back = new byte[length];
        byte[] compressed = compress(compressor, bytes);
        compressor.decompress(compressed, 0, compressed.length, back);
        assertThat(back).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void worksInRangesAndTouchesNothingElse(Compressor compressor) {
    byte[] target = new byte[compressor.bound(TEXT.length) + 20];
    int size = compressor.compress(TEXT, 5, 900, target, 10, target.length - 20);
    byte[] back = new byte[900];

    compressor.decompress(target, 10, size, back);

    assertThat(back).isEqualTo(Arrays.copyOfRange(TEXT, 5, 905));
    assertThat(Arrays.copyOf(target, 10)).containsOnly(0);
    assertThat(Arrays.copyOfRange(target, target.length - 10, target.length)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysIfItDoesNotFit(Compressor compressor) {
    int size = compress(compressor, TEXT).length;
    byte[] target = new byte[TEXT.length * 2];
    for (int room = 0; room < size; room++) {
      assertThat(compressor.compress(TEXT, 0, TEXT.length, target, 0, room))
          .isEqualTo(Compressor.DOES_NOT_FIT);
    }
    assertThat(compress(compressor, TEXT)).hasSize(size);
  }

  @ParameterizedTest
  @MethodSource("all")
  void anotherLengthIsDamage(Compressor compressor) {
    byte[] compressed = compress(compressor, TEXT);
    for (int difference : new int[] {-TEXT.length, -1, 1, 1000}) {
      byte[] target = new byte[TEXT.length + difference];
      assertThatThrownBy(() -> compressor.decompress(compressed, 0, compressed.length, target))
          .isInstanceOf(SerializationException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void allocatesNothingOnceWarm(Compressor compressor) {
    byte[] target = new byte[compressor.bound(TEXT.length)];
    byte[] back = new byte[TEXT.length];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 2000;
    long allocated = 0;
    for (int pass = 0; pass < 2; pass++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < rounds; i++) {
        int size = compressor.compress(TEXT, 0, TEXT.length, target, 0, target.length);
        compressor.decompress(target, 0, size, back);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated / rounds).isLessThan(16);
  }

  @ParameterizedTest
  @MethodSource("all")
  void manyThreadsDoNotDisturbEachOther(Compressor compressor) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Random random = new Random(thread);
        results.add(threads.submit(() -> roundTrips(compressor, random)));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(500);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int roundTrips(Compressor compressor, Random random) {
    int right = 0;
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) random.nextInt(8);
      }
      byte[] compressed = compress(compressor, bytes);
      byte[] back = new byte[bytes.length];
      compressor.decompress(compressed, 0, compressed.length, back);
      right += Arrays.equals(bytes, back) ? 1 : 0;
    }
    return right;
  }

  @Test
  void gzipIsReadByOthers() throws Exception {
    byte[] compressed = compress(Compressors.of(Compression.gzip()), TEXT);

    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      assertThat(in.readAllBytes()).isEqualTo(TEXT);
    }
  }

  @Test
  void gzipNoticesEveryChangedBitOfBodyAndTrailer() {
    Compressor gzip = Compressors.of(Compression.gzip());
    byte[] compressed = compress(gzip, TEXT);
    byte[] target = new byte[TEXT.length];
    for (int bit = 80; bit < compressed.length * 8; bit++) {
      byte[] changed = compressed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      boolean same;
      try {
        gzip.decompress(changed, 0, changed.length, target);
        same = Arrays.equals(target, TEXT);
      } catch (SerializationException e) {
        same = true;
      }
      assertThat(same).as("bit %d", bit).isTrue();
    }
  }

  @Test
  void zstdFramesHaveMagicAndNoSizeIdOrChecksum() {
    byte[] compressed = compress(Compressors.of(Compression.zstd()), TEXT);

    assertThat(compressed).startsWith(0x28, 0xB5, 0x2F, 0xFD, 0x00);
  }

  @Test
  void scratchThatGrewTooLargeIsNotKept() {
    Scratch scratch = new Scratch();
    byte[] small = scratch.take(100);
    byte[] large = scratch.take(Scratch.LARGEST_KEPT + 1);
    scratch.give(large);
    scratch.give(small);

    assertThat(scratch.take(100)).isSameAs(small);
    assertThat(scratch.take(Scratch.LARGEST_KEPT + 1)).isNotSameAs(large);
  }
}
