package io.stowage.serialization.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stowage.api.Document;
import io.stowage.serialization.json.RandomDocuments;
import io.stowage.serialization.support.Mutations;
import io.stowage.spi.SerializationException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("soak")
@Tag("slow")
class MessagePackFuzzTest {

  private static final int MUTATIONS = Mutations.of(50_000);
  private static final long MOST_BYTES = 64L << 20;

  /** Tags of every form that declares a length, and lengths that nothing can have. */
  private static final List<byte[]> SPLICES =
      List.of(
          HexFormat.of().parseHex("dd7fffffff"),
          HexFormat.of().parseHex("ddffffffff"),
          HexFormat.of().parseHex("df7fffffff"),
          HexFormat.of().parseHex("df80000000"),
          HexFormat.of().parseHex("db7fffffff"),
          HexFormat.of().parseHex("dbffffffff"),
          HexFormat.of().parseHex("c67fffffff"),
          HexFormat.of().parseHex("c97fffffff01"),
          HexFormat.of().parseHex("c9ffffffff02"),
          HexFormat.of().parseHex("dcffff"),
          HexFormat.of().parseHex("deffff"),
          HexFormat.of().parseHex("c7ff02"),
          HexFormat.of().parseHex("c70cff"),
          HexFormat.of().parseHex("d7ff"),
          HexFormat.of().parseHex("c1"));

  @SuppressWarnings("ArrayRecordComponent") // as items have them
  record Typed(String id, Instant at, byte[] data, List<Map<String, Object>> list, long n) {}

  private final MessagePackCodec codec = new MessagePackCodec();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int refused;

  @Test
  void damagedBytesAreReadOrRefusedAndCostLittleMemory() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("damagedBytesAreReadOrRefusedAndCostLittleMemory seed " + seed);
    Random random = new Random(seed);
    RandomDocuments documents = new RandomDocuments(seed);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] whole = codec.encode(i % 2 == 0 ? documents.next() : typed(documents.next(), i));
      byte[] damaged = mutated(whole, random);
      String context = "seed " + seed + " mutation " + i + " " + HexFormat.of().formatHex(damaged);
      Class<?> type = i % 2 == 0 ? Document.class : Typed.class;
      attempt(() -> codec.decode(damaged, type), context);
      attempt(() -> codec.fields(damaged), context);
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(MUTATIONS / 4);
  }

  private static Typed typed(Document document, int i) {
    return new Typed(
        "i" + i,
        Instant.ofEpochSecond(i, i),
        new byte[i % 300],
        List.of(document.asMap()),
        (long) i * Integer.MAX_VALUE);
  }

  private void attempt(Runnable read, String context) {
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      read.run();
    } catch (SerializationException e) {
      refused++;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(context, e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as(context).isLessThan(MOST_BYTES);
  }

  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        yield bytes;
      }
      case 2 -> {
        bytes[at] = (byte) random.nextInt();
        yield bytes;
      }
      case 3 -> {
        byte[] splice = SPLICES.get(random.nextInt(SPLICES.size()));
        System.arraycopy(splice, 0, bytes, at, Math.min(splice.length, bytes.length - at));
        yield bytes;
      }
      default -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
    };
  }
}
