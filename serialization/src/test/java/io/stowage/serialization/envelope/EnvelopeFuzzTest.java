package io.stowage.serialization.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stowage.api.Compression;
import io.stowage.api.KeyProvider;
import io.stowage.serialization.support.MapBlobs;
import io.stowage.serialization.support.Mutations;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.SerializationException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever becomes of stored bytes, opening them gives a content or says what is wrong. */
@Tag("soak")
@Tag("slow")
class EnvelopeFuzzTest {

  private static final int MUTATIONS = Mutations.of(200_000);
  private static final long MOST_BYTES = 64 << 20;
  private static final byte[][] LENGTHS = {
    HexFormat.of().parseHex("8080808008"),
    HexFormat.of().parseHex("ffffffff07"),
    HexFormat.of().parseHex("80c8afa025"),
    HexFormat.of().parseHex("8080800800"),
    HexFormat.of().parseHex("ffffffffff"),
  };

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Sample(byte[] payload, Content content, boolean encrypted) {}

  private final MapBlobs blobs = new MapBlobs();
  private final EnvelopePort port = store(Compression.none(), Optional.of(Stores.keys()), 1);
  private final List<Sample> samples = new ArrayList<>();

  private EnvelopePort store(Compression compression, Optional<KeyProvider> keys, int dictionary) {
    return Stores.open(compression, keys, blobs, () -> dictionary);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void mutatedPayloadsNeverSurprise() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("EnvelopeFuzzTest seed " + seed);
    Random random = new Random(seed);
    makeSamples(random);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int opened = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] mutated = mutate(sample.payload(), random);
      boolean elsewhere = random.nextInt(20) == 0;
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      try {
        Content content =
            port.open(mutated, elsewhere ? Stores.ID + "x" : Stores.ID, Stores.VERSION);
        opened++;
        checkOpened(sample, mutated, content, elsewhere);
      } catch (SerializationException e) {
        refused++;
        assertThat(e).hasMessageMatching("(?s).+");
      } catch (RuntimeException e) {
        throw new AssertionError(
            "mutation " + i + " of " + HexFormat.of().formatHex(mutated) + " threw", e);
      }
      assertThat(threads.getCurrentThreadCpuTime() - start)
          .as("processor time")
          .isLessThan(TimeUnit.SECONDS.toNanos(10));
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    }
    assertThat(opened).isPositive();
    assertThat(refused).isGreaterThan(MUTATIONS / 4);
  }

  private void checkOpened(Sample sample, byte[] mutated, Content content, boolean elsewhere) {
    assertThat(content.bytes().length).isLessThanOrEqualTo(Stores.MAX);
    boolean stillEncrypted = Header.of(mutated).encrypted();
    if (!stillEncrypted) {
      return;
    }
    assertThat(elsewhere).isFalse();
    Sample origin =
        samples.stream()
            .filter(one -> Arrays.equals(one.payload(), mutated))
            .findFirst()
            .orElseThrow(() -> new AssertionError("a changed payload was decrypted: " + sample));
    assertThat(content).usingRecursiveComparison().isEqualTo(origin.content());
  }

  private void makeSamples(Random random) {
    byte[] dictionary =
        port.dictionaries().orElseThrow().train(Stores.samples(300, random.nextLong()), 4096);
    assertThat(port.dictionaries().orElseThrow().store(1, dictionary)).isTrue();
    for (Compression compression :
        List.of(Compression.none(), Compression.gzip(), Compression.zstd(), Compression.lz4())) {
      for (int number = 0; number <= (compression.equals(Compression.zstd()) ? 1 : 0); number++) {
        // Plain stores hold the dictionary encrypted, so that only the writer differs.
        for (boolean encrypted : new boolean[] {false, true}) {
          EnvelopePort writer = store(compression, Optional.of(Stores.keys()), number);
          for (String codec : List.of("json", "msgpack", "kryo", "third-party")) {
            for (int version : new int[] {1, 2, 300}) {
              String text = Stores.message(random);
              Content content = new Content(codec, version, text.getBytes(StandardCharsets.UTF_8));
              byte[] packed = writer.pack(content);
              byte[] payload = encrypted ? writer.seal(packed, Stores.ID, Stores.VERSION) : packed;
              samples.add(new Sample(payload, content, encrypted));
            }
          }
        }
      }
    }
    for (Sample sample : samples) {
      assertThat(Header.of(sample.payload()).encrypted()).isEqualTo(sample.encrypted());
      assertThat(port.open(sample.payload(), Stores.ID, Stores.VERSION))
          .usingRecursiveComparison()
          .isEqualTo(sample.content());
    }
  }

  private byte[] mutate(byte[] payload, Random random) {
    byte[] mutated = payload.clone();
    int near = Math.min(payload.length, 16);
    int at = random.nextInt(random.nextBoolean() ? near : payload.length);
    switch (random.nextInt(9)) {
      case 0 -> {
        return Arrays.copyOf(payload, at);
      }
      case 1 -> {
        return Arrays.copyOf(payload, payload.length + 1 + random.nextInt(8));
      }
      case 2 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
      case 3 -> mutated[at] = (byte) random.nextInt(256);
      case 4 -> {
        for (int i = 0; i < 1 + random.nextInt(10); i++) {
          mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
        }
      }
      case 5 -> {
        return splice(payload, at, random);
      }
      case 6 -> {
        byte[] length = LENGTHS[random.nextInt(LENGTHS.length)];
        byte[] head = Arrays.copyOf(payload, Math.min(4, payload.length));
        byte[] joined = Arrays.copyOf(head, head.length + length.length + payload.length);
        System.arraycopy(length, 0, joined, head.length, length.length);
        System.arraycopy(
            payload,
            head.length,
            joined,
            head.length + length.length,
            payload.length - head.length);
        return joined;
      }
      case 7 -> {
        byte[] length = LENGTHS[random.nextInt(LENGTHS.length)];
        System.arraycopy(length, 0, mutated, Math.min(4, at), length.length);
      }
      default -> {
        if (mutated.length > 3) {
          mutated[3] = (byte) random.nextInt(128);
        }
      }
    }
    return mutated;
  }

  private byte[] splice(byte[] payload, int at, Random random) {
    byte[] other = samples.get(random.nextInt(samples.size())).payload();
    int from = random.nextInt(other.length);
    byte[] joined = Arrays.copyOf(payload, at + other.length - from);
    System.arraycopy(other, from, joined, at, other.length - from);
    return joined;
  }
}
