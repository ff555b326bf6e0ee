package io.stowage.serialization.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.serialization.support.MapBlobs;
import io.stowage.spi.SerializationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Pieces of data of a store, plain and encrypted. */
class SealedBlobsTest {

  private static final byte[] BYTES = "made of pieces of items".getBytes(StandardCharsets.UTF_8);

  private final Keys keys = Keys.ofOne();
  private final MapBlobs stored = new MapBlobs();
  private final SealedBlobs sealed = new SealedBlobs("s", stored, StoreCipher.open(keys));
  private final SealedBlobs plain = new SealedBlobs("s", stored, null);

  private byte[] stored(String name) {
    return Objects.requireNonNull(stored.pieces().get(name));
  }

  @Test
  void plainPiecesAreReadWithAndWithoutKeys() {
    assertThat(plain.add("a", BYTES)).isTrue();
    assertThat(plain.add("a", new byte[1])).isFalse();

    assertThat(stored("a")).hasSize(1 + BYTES.length).startsWith(0).endsWith(BYTES);
    assertThat(plain.read("a")).hasValue(BYTES);
    assertThat(sealed.read("a")).hasValue(BYTES);
    assertThat(plain.read("b")).isEmpty();
  }

  @Test
  void encryptedPiecesNeedTheKeys() {
    assertThat(sealed.add("a", BYTES)).isTrue();
    assertThat(sealed.add("a", new byte[1])).isFalse();

    assertThat(new String(stored("a"), StandardCharsets.ISO_8859_1)).doesNotContain("pieces");
    assertThat(ByteBuffer.wrap(stored("a")).get()).isEqualTo((byte) 1);
    assertThat(Integer.toUnsignedLong(ByteBuffer.wrap(stored("a")).getInt(1)))
        .isEqualTo(keys.primary());
    assertThat(sealed.read("a")).hasValue(BYTES);
    assertThat(sealed.readEncrypted("a")).hasValue(BYTES);
    assertThatThrownBy(() -> plain.read("a"))
        .isInstanceOf(SerializationException.class)
        .hasMessage("blob 'a' of store 's' is encrypted; give keys with StoreOptions.encryption");
  }

  @Test
  void plainPiecesAreNotTakenForEncryptedOnes() {
    plain.add("a", BYTES);

    assertThatThrownBy(() -> sealed.readEncrypted("a"))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("blob 'a' of store 's' is not encrypted");
    assertThatThrownBy(() -> sealed.resealEncrypted("a"))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("blob 'a' of store 's' is not encrypted");
    assertThat(stored("a")).as("left as it is").startsWith(0);
    assertThat(sealed.readEncrypted("b")).isEmpty();
  }

  @Test
  void piecesBelongToTheirNameAndStore() {
    sealed.add("a", BYTES);
    stored.put("b", stored("a"));

    assertThatThrownBy(() -> sealed.read("b")).isInstanceOf(SerializationException.class);
    SealedBlobs other = new SealedBlobs("t", stored, StoreCipher.open(keys));
    assertThatThrownBy(() -> other.read("a")).isInstanceOf(SerializationException.class);
  }

  @Test
  void everyChangedByteIsNoticed() {
    sealed.add("a", BYTES);
    byte[] sound = stored("a");
    for (int at = 0; at < sound.length; at++) {
      byte[] changed = sound.clone();
      changed[at] ^= 2;
      stored.put("a", changed);
      assertThatThrownBy(() -> sealed.read("a"))
          .as("byte %d", at)
          .isInstanceOf(SerializationException.class);
      stored.put("a", Arrays.copyOf(sound, at));
      assertThatThrownBy(() -> sealed.read("a"))
          .as("length %d", at)
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void resealingEncryptsUnderThePrimaryKey() {
    plain.add("plain", BYTES);
    sealed.add("old", BYTES);
    long second = keys.rotate();

    sealed.reseal("plain");
    sealed.resealEncrypted("old");
    sealed.reseal("none");
    byte[] once = stored("plain");
    sealed.reseal("plain");

    assertThat(stored("plain")).as("is under the primary key already").isEqualTo(once);
    assertThat(stored.pieces()).containsOnlyKeys("plain", "old");
    for (String name : stored.pieces().keySet()) {
      assertThat(Integer.toUnsignedLong(ByteBuffer.wrap(stored(name)).getInt(1))).isEqualTo(second);
    }
    keys.forgetOthers();
    SealedBlobs later = new SealedBlobs("s", stored, StoreCipher.open(keys));
    assertThat(later.read("plain")).hasValue(BYTES);
    assertThat(later.read("old")).hasValue(BYTES);
  }

  @Test
  void resealingNeedsKeys() {
    plain.add("a", BYTES);

    assertThatThrownBy(() -> plain.reseal("a"))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "blob 'a' of store 's' cannot be encrypted: there are no keys; give them with"
                + " StoreOptions.encryption");
  }
}
