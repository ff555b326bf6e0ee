package io.stowage.serialization.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.spi.SerializationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption under a key set that changes, and of which the provider fails. */
class StoreCipherTest {

  private static final byte[] TEXT = bytes("a text that is nobody's business");
  private static final byte[] PLACE = bytes("the place it belongs to");

  private final Keys keys = Keys.ofOne();
  private final StoreCipher cipher = StoreCipher.open(keys);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 1000, 1 << 20})
  void whatIsEncryptedIsDecrypted(int size) {
    byte[] plain = new byte[size];
    new Random(size).nextBytes(plain);

    byte[] sealed = cipher.encrypt(cipher.primaryKey(), plain, PLACE);

    assertThat(sealed).hasSize(12 + size + 16);
    assertThat(cipher.decrypt(keys.primary(), sealed, PLACE)).isEqualTo(plain);
    assertThat(StoreCipher.open(keys).decrypt(keys.primary(), sealed, PLACE)).isEqualTo(plain);
  }

  @Test
  void theSameTextIsNeverEncryptedTheSameWay() {
    assertThat(cipher.encrypt(keys.primary(), TEXT, PLACE))
        .isNotEqualTo(cipher.encrypt(keys.primary(), TEXT, PLACE));
  }

  @Test
  void everyChangedByteAndEveryOtherLengthIsNoticed() {
    byte[] sealed = cipher.encrypt(keys.primary(), TEXT, PLACE);
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= (byte) (1 << at % 8);
      assertRefused(changed, PLACE);
      assertRefused(Arrays.copyOf(sealed, at), PLACE);
    }
    assertRefused(Arrays.copyOf(sealed, sealed.length + 1), PLACE);
  }

  @Test
  void anotherPlaceIsNoticed() {
    byte[] sealed = cipher.encrypt(keys.primary(), TEXT, PLACE);
    for (int at = 0; at < PLACE.length; at++) {
      byte[] other = PLACE.clone();
      other[at] ^= 1;
      assertRefused(sealed, other);
    }
    assertRefused(sealed, new byte[0]);
  }

  private void assertRefused(byte[] sealed, byte[] place) {
    assertThatThrownBy(() -> cipher.decrypt(keys.primary(), sealed, place))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("decryption under key " + keys.primary() + " failed")
        .hasNoCause();
  }

  @Test
  void anotherKeyOfTheSameIdIsNoticed() {
    String json = Keys.ofOne().json();
    String sameId =
        json.replaceAll("\"(primaryKeyId|keyId)\"\\s*:\\s*\\d+", "\"$1\":" + keys.primary());
    byte[] sealed = StoreCipher.open(() -> bytes(sameId)).encrypt(keys.primary(), TEXT, PLACE);

    assertRefused(sealed, PLACE);
  }

  @Test
  void aNewKeyIsFoundAtOnceAndOldOnesStay() {
    long first = keys.primary();
    byte[] old = cipher.encrypt(first, TEXT, PLACE);
    long second = keys.rotate();
    byte[] young = StoreCipher.open(keys).encrypt(second, TEXT, PLACE);

    assertThat(cipher.primaryKey()).as("not asked for again yet").isEqualTo(first);
    assertThat(cipher.decrypt(second, young, PLACE)).isEqualTo(TEXT);
    assertThat(cipher.primaryKey()).isEqualTo(second);
    assertThat(cipher.decrypt(first, old, PLACE)).isEqualTo(TEXT);
  }

  @Test
  void aRemovedKeyIsUnknown() {
    long first = keys.primary();
    byte[] old = cipher.encrypt(first, TEXT, PLACE);
    long second = keys.rotate();
    keys.forgetOthers();

    assertThat(cipher.renewedPrimaryKey()).isEqualTo(second);
    assertThatThrownBy(() -> cipher.decrypt(first, old, PLACE))
        .isInstanceOf(SerializationException.class)
        .hasMessage("key " + first + " is not in the key set, which has [" + second + "]");
  }

  @Test
  void unknownKeysAreAskedForOnceASecondAtMost() {
    long unknown = keys.primary() ^ 1;
    int before = keys.asked.get();
    long begin = System.nanoTime();

    for (int i = 0; i < 1000; i++) {
      assertThatThrownBy(() -> cipher.decrypt(unknown, TEXT, PLACE))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("key " + unknown + " is not in the key set");
    }

    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    assertThat(keys.asked.get() - before).isBetween(1, 1 + (int) seconds);
  }

  @Test
  void aProviderThatFailsLaterLeavesWhatIsKnown() {
    byte[] sealed = cipher.encrypt(keys.primary(), TEXT, PLACE);
    String json = keys.json();
    keys.failWith(new UnsupportedOperationException(json));

    assertThatThrownBy(() -> cipher.decrypt(keys.primary() ^ 1, sealed, PLACE))
        .isInstanceOf(SerializationException.class)
        .hasNoCause()
        .satisfies(failure -> KeySetTest.assertSecret(failure, json));
    assertThat(cipher.decrypt(cipher.primaryKey(), sealed, PLACE)).isEqualTo(TEXT);
    assertThatThrownBy(cipher::renewedPrimaryKey)
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "the key set cannot be read again: the key provider failed with"
                + " java.lang.UnsupportedOperationException")
        .hasNoCause();
    assertThat(cipher.decrypt(cipher.primaryKey(), sealed, PLACE)).isEqualTo(TEXT);
  }

  @Test
  void aProviderThatFailsAtFirstIsRefused() {
    String json = keys.json();

    keys.failWith(new IllegalStateException("the vault is shut", new RuntimeException(json)));
    assertThatThrownBy(() -> StoreCipher.open(keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no key set: the vault is shut")
        .hasNoCause();
    keys.failWith(new IllegalArgumentException(json));
    assertThatThrownBy(() -> StoreCipher.open(keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key provider failed with java.lang.IllegalArgumentException")
        .hasNoCause();
    assertThatThrownBy(() -> StoreCipher.open(() -> bytes("[" + json + "]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key set is not valid: ")
        .hasNoCause();
  }

  @Test
  void itsTextTellsIdsAlone() {
    assertThat(cipher)
        .hasToString("StoreCipher[KeySet[ids=[%1$d], primary=%1$d]]".formatted(keys.primary()));
  }
}
