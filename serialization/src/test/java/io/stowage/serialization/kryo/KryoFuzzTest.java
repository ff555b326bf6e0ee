package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.stowage.api.Document;
import io.stowage.serialization.support.Mutations;
import io.stowage.spi.NameTable;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged bytes give an item or a refusal: no other failure, no flood of memory, no long wait. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
@Tag("soak")
@Tag("slow")
class KryoFuzzTest {

  private static final int MUTATIONS = Mutations.of(100_000);
  private static final long MAX_ALLOCATED = 64L * 1024 * 1024;
  private static final long MAX_NANOS = 5_000_000_000L;

  private static final byte[][] LENGTHS = {
    {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07},
    {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F},
    {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08},
    {(byte) 0xFF, (byte) 0xFF, 0x7F},
    {(byte) 0xFE, 0x7F},
    {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80},
  };

  record Everything(
      byte[] bytes, int[] ints, long[][] longs, double[] doubles, String[] texts, Object[] all) {}

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static NameTable table() {
    List<String> names = new ArrayList<>();
    return new NameTable() {
      @Override
      public int number(String name) {
        if (!names.contains(name)) {
          names.add(name);
        }
        return names.indexOf(name) + 1;
      }

      @Override
      public String name(int number) {
        if (number < 1 || number > names.size()) {
          throw new SerializationException("no name " + number, null);
        }
        return names.get(number - 1);
      }
    };
  }

  private record Sample(SerializationPort codec, byte[] bytes, Class<?> type) {}

  private static List<Sample> samples(long seed) {
    RandomItems items = new RandomItems(seed);
    SerializationPort plain = new KryoCodec();
    SerializationPort inStore = new KryoCodec().inStore(table());
    Everything arrays =
        new Everything(
            new byte[50],
            new int[] {1, -1, 1 << 30},
            new long[][] {{1}, {}},
            new double[3],
            new String[] {"a", "b"},
            new Object[] {1, List.of("x"), new int[] {5}});
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      samples.add(new Sample(plain, plain.encode(items.document()), Document.class));
      RandomItems.Item item = items.item();
      samples.add(new Sample(plain, plain.encode(item), RandomItems.Item.class));
      samples.add(new Sample(inStore, inStore.encode(item), RandomItems.Item.class));
    }
    samples.add(new Sample(plain, plain.encode(arrays), Everything.class));
    samples.add(new Sample(inStore, inStore.encode(arrays), Everything.class));
    return samples;
  }

  @Test
  void damagedBytesGiveAnItemOrARefusal() {
    long seed = Seed.of("damagedBytesGiveAnItemOrARefusal");
    Random random = new Random(seed);
    List<Sample> samples = samples(seed);
    int refusals = 0;
    long most = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] other = samples.get(random.nextInt(samples.size())).bytes();
      byte[] bytes = mutated(sample.bytes(), other, random);
      long nanos = threads.getCurrentThreadCpuTime();
      long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      try {
        if (random.nextInt(3) == 0) {
          sample.codec().fields(bytes);
        } else {
          assertThat(sample.codec().decode(bytes, sample.type())).isNotNull();
        }
      } catch (SerializationException e) {
        refusals++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + " mutation " + i + ": " + hex(bytes), e);
      }
      most =
          Math.max(
              most, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated);
      assertThat(most)
          .as("bytes allocated, seed %d mutation %d", seed, i)
          .isLessThan(MAX_ALLOCATED);
      assertThat(threads.getCurrentThreadCpuTime() - nanos)
          .as("processor time, seed %d mutation %d", seed, i)
          .isLessThan(MAX_NANOS);
    }
    System.out.println(refusals + " of " + MUTATIONS + " refused; most allocated " + most);
    assertThat(refusals).isBetween(MUTATIONS / 2, MUTATIONS);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] mutated(byte[] whole, byte[] other, Random random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes = once(bytes, other, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, byte[] other, Random random) {
    if (bytes.length == 0) {
      return other.clone();
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 3 -> {
        byte[] length = LENGTHS[random.nextInt(LENGTHS.length)];
        return spliced(bytes, at, length, 0, length.length);
      }
      case 4 -> {
        int from = random.nextInt(other.length);
        return spliced(bytes, at, other, from, random.nextInt(other.length - from + 1));
      }
      default -> {
        int end = at + random.nextInt(bytes.length - at + 1);
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - at));
        System.arraycopy(bytes, end, shorter, at, bytes.length - end);
        return shorter;
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] part, int from, int length) {
    byte[] result = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(part, from, result, at, length);
    System.arraycopy(bytes, at, result, at + length, bytes.length - at);
    return result;
  }

  /** Each level promises as many elements as bytes remain: together far more than there are. */
  @Test
  void nestedPromisesAreCountedTogether() {
    byte[] bytes = new byte[1 << 20];
    bytes[0] = 2;
    for (int i = 1; i + 4 < bytes.length; i += 4) {
      bytes[i] = 47;
      bytes[i + 1] = (byte) 0xFF;
      bytes[i + 2] = (byte) 0xFF;
      bytes[i + 3] = 0x1F;
    }
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    SerializationException refusal = null;
    try {
      new KryoCodec().decode(bytes, Object[].class);
    } catch (SerializationException e) {
      refusal = e;
    }
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

    assertThat(refusal).hasMessageContaining("promises");
    assertThat(allocated).isLessThan(MAX_ALLOCATED);
  }

  @Test
  void namesThatNoClassHasAreRefused() {
    List<String> names =
        List.of(
            "java.lang.String" + "[]".repeat(200_000),
            "[]".repeat(256),
            "X" + "/".repeat(200_000),
            "X" + "/a".repeat(200_000),
            "",
            "/",
            "[]",
            Everything.class.getName(),
            Everything.class.getName() + "[]/bytes",
            "java.lang.Thread/name",
            "[I",
            "int");
    KryoCodec codec = new KryoCodec();
    for (String name : names) {
      CheckedOutput output = new CheckedOutput();
      output.writeByte(2);
      output.writeByte(1);
      output.writeString(name);
      output.writeByte(5);
      byte[] bytes = output.toBytes();
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

      assertThatThrownBy(() -> codec.decode(bytes, Everything.class))
          .isInstanceOf(SerializationException.class);
      assertThatThrownBy(() -> codec.fields(bytes)).isInstanceOf(SerializationException.class);

      assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
          .isLessThan(MAX_ALLOCATED);
    }
  }

  @Test
  void deepNestingIsRefused() {
    byte[] bytes = new byte[1 << 20];
    Arrays.fill(bytes, (byte) 34);
    for (byte form : new byte[] {1, 2, 3, 4}) {
      bytes[0] = form;
      SerializationPort codec = new KryoCodec().inStore(table());
      for (Class<?> type : List.of(Document.class, Optional.class)) {
        SerializationException refusal = null;
        try {
          codec.decode(bytes, type);
        } catch (SerializationException e) {
          refusal = e;
        }
        assertThat(refusal).isNotNull();
      }
    }
  }
}
