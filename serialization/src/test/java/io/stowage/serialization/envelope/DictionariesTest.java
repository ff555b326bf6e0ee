package io.stowage.serialization.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Compression;
import io.stowage.serialization.support.MapBlobs;
import io.stowage.spi.Content;
import io.stowage.spi.DictionaryPort;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.SerializationException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DictionariesTest {

  private final MapBlobs blobs = new MapBlobs();
  private final AtomicInteger current = new AtomicInteger();
  private final EnvelopePort port = store();

  private EnvelopePort store() {
    return Stores.open(Compression.zstd(), Optional.empty(), blobs, current::get);
  }

  private DictionaryPort dictionaries() {
    return port.dictionaries().orElseThrow();
  }

  private void train(int number, long seed) {
    byte[] dictionary = dictionaries().train(Stores.samples(400, seed), 4096);
    assertThat(dictionaries().store(number, dictionary)).isTrue();
    current.set(number);
  }

  private static Content message(long seed) {
    return new Content("json", 1, Stores.samples(1, seed).get(0));
  }

  @Test
  void aDictionaryMakesPayloadsSmallerAndIsNamedInThem() {
    byte[] without = port.pack(message(99));
    train(1, 1);
    byte[] with = port.pack(message(99));

    assertThat(with.length).isLessThan(without.length);
    assertThat(port.header(with).dictionary()).hasValue(1);
    assertThat(port.header(without).dictionary()).isEmpty();
    assertThat(port.open(with, Stores.ID, Stores.VERSION).bytes()).isEqualTo(message(99).bytes());
  }

  @Test
  void otherInstancesFetchANewOneOnceAndKeepOldOnes() {
    EnvelopePort other = store();
    train(1, 1);
    byte[] first = port.pack(message(7));
    train(2, 2);
    byte[] second = port.pack(message(7));
    int before = blobs.reads();

    for (int i = 0; i < 3; i++) {
      assertThat(other.open(first, Stores.ID, Stores.VERSION).bytes())
          .isEqualTo(message(7).bytes());
      assertThat(other.open(second, Stores.ID, Stores.VERSION).bytes())
          .isEqualTo(message(7).bytes());
    }
    assertThat(other.header(second).dictionary()).hasValue(2);
    assertThat(blobs.reads() - before).isEqualTo(2);
  }

  @Test
  void aNumberIsUsedOnce() {
    train(1, 1);

    assertThat(dictionaries().store(1, new byte[300])).isFalse();
    assertThat(dictionaries().read(1)).hasSizeGreaterThan(300);
    assertThatThrownBy(() -> dictionaries().store(0, new byte[300]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dictionary number is 0; allowed is 1 and more");
  }

  @Test
  void withoutTheOneInUseIsCompressedAllTheSame() {
    byte[] without = port.pack(message(1));
    current.set(3);
    int before = blobs.reads();

    for (int i = 0; i < 5; i++) {
      assertThat(port.pack(message(1))).isEqualTo(without);
    }

    assertThat(blobs.reads() - before).isEqualTo(1);
  }

  @Test
  void usedOnesThatAreGoneArePutBackAndOthersAreLeftAlone() {
    train(1, 1);
    byte[] packed = port.pack(message(1));
    byte[] stored = blobs.read("dictionary-1").orElseThrow();
    blobs.remove("dictionary-1");

    port.restore();
    assertThat(blobs.read("dictionary-1").orElseThrow()).isEqualTo(stored);
    assertThat(store().open(packed, Stores.ID, Stores.VERSION).bytes())
        .isEqualTo(message(1).bytes());
    blobs.put("dictionary-1", new byte[] {0, 7});
    port.restore();
    assertThat(blobs.read("dictionary-1").orElseThrow()).containsExactly(0, 7);
  }

  @Test
  void aMissingOneIsNamed() {
    assertThatThrownBy(() -> dictionaries().read(4))
        .isInstanceOf(SerializationException.class)
        .hasMessage("compression dictionary 4 is not in the store");
  }

  @Test
  void theCallersCopyIsItsOwn() {
    train(1, 1);
    byte[] packed = port.pack(message(5));

    Arrays.fill(dictionaries().read(1), (byte) 0);

    assertThat(port.open(packed, Stores.ID, Stores.VERSION).bytes()).isEqualTo(message(5).bytes());
  }

  @Test
  void sizesSayWhatADictionaryIsWorth() {
    List<byte[]> samples = Stores.samples(200, 3);
    byte[] dictionary = dictionaries().train(Stores.samples(400, 1), 4096);

    long without = dictionaries().compressedSize(samples, new byte[0]);
    long with = dictionaries().compressedSize(samples, dictionary);

    assertThat(with).isPositive().isLessThan(without);
    assertThat(without).isLessThan(samples.stream().mapToLong(sample -> sample.length).sum());
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThatThrownBy(() -> dictionaries().train(Stores.samples(10, 1), 4096))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "there are 10 samples to train a dictionary from; at least 11 that are not empty are"
                + " needed");
    assertThatThrownBy(() -> dictionaries().train(List.of(), 4096))
        .isInstanceOf(SerializationException.class);
    List<byte[]> tiny = Collections.nCopies(20, new byte[] {1});
    assertThatThrownBy(() -> dictionaries().train(tiny, 4096))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(
            "the samples to train a dictionary from have 20 bytes together; allowed is 2048");
    assertThatThrownBy(() -> dictionaries().train(Stores.samples(50, 1), 255))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxBytes is 255; allowed is 256 and more");
  }
}
