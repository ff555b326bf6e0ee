package io.stowage.serialization.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Compression;
import io.stowage.api.KeyProvider;
import io.stowage.api.Version;
import io.stowage.serialization.support.MapBlobs;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.EnvelopeSettings;
import io.stowage.spi.KeyPort;
import io.stowage.spi.SerializationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class EnvelopeKeysTest {

  private static final Content CONTENT = Stores.json("{\"text\":\"" + "abc".repeat(50) + "\"}");

  private final MapBlobs blobs = new MapBlobs();
  private final AtomicReference<KeyProvider> keys = new AtomicReference<>(Stores.keys());
  private final EnvelopePort port =
      Stores.open(Compression.gzip(), Optional.of(() -> keys.get().keySet()), blobs, () -> 0);

  private static byte[] open(EnvelopePort port, byte[] payload) {
    return port.open(payload, Stores.ID, Stores.VERSION).bytes();
  }

  private KeyPort keyPort() {
    return port.keys().orElseThrow();
  }

  @Test
  void encryptsAndNamesTheKey() {
    byte[] payload = Stores.payload(port, CONTENT);

    assertThat(open(port, payload)).isEqualTo(CONTENT.bytes());
    assertThat(port.header(payload).keyId()).hasValue(1001);
    assertThat(port.header(payload).compression()).isEqualTo(Compression.Algorithm.GZIP);
    assertThat(Stores.payload(port, CONTENT)).isNotEqualTo(payload);
  }

  @Test
  void sizeOfAnEncryptedContentIsUnknownIfItIsNotCompressed() {
    byte[] payload = Stores.payload(port, Stores.json("{}"));

    assertThat(payload).startsWith(0xC1, 1, 1, 0x80, 0, 0, 0x03, 0xE9);
    assertThat(port.header(payload).encodedBytes()).isEmpty();
    assertThat(open(port, payload)).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPayloadIsBoundToItsPlace() {
    byte[] payload = Stores.payload(port, CONTENT);
    EnvelopePort otherStore =
        new StowageEnvelopes()
            .open(
                new EnvelopeSettings(
                    "others",
                    Compression.gzip(),
                    Optional.of(Stores.keys()),
                    Stores.MAX,
                    blobs,
                    List::of,
                    () -> false));

    assertThatThrownBy(() -> port.open(payload, "item-2", Stores.VERSION))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> port.open(payload, Stores.ID, new Version(Stores.VERSION.bits() + 1)))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> open(otherStore, payload)).isInstanceOf(SerializationException.class);
  }

  @Test
  void everyChangedBitIsNoticed() {
    byte[] payload = Stores.payload(port, CONTENT);
    for (int bit = 0; bit < payload.length * Byte.SIZE; bit++) {
      byte[] changed = payload.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      if (Header.isEnvelope(changed)) {
        assertThatThrownBy(() -> open(port, changed))
            .as("bit %d", bit)
            .isInstanceOf(SerializationException.class);
      }
    }
  }

  @Test
  void withoutKeysTheKeyAndTheOptionAreNamed() {
    byte[] payload = Stores.payload(port, CONTENT);
    EnvelopePort keyless = Stores.open(Compression.gzip());

    assertThat(keyless.keys()).isEmpty();
    assertThatThrownBy(() -> open(keyless, payload))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "payload is encrypted under key 1001, and the store has no keys: its option"
                + " 'encryption' is not set");
  }

  @Test
  void whatIsNotEncryptedReadsBesideIt() {
    EnvelopePort keyless = Stores.open(Compression.zstd());

    assertThat(open(port, Stores.payload(keyless, CONTENT))).isEqualTo(CONTENT.bytes());
    assertThat(open(port, CONTENT.bytes())).isEqualTo(CONTENT.bytes());
  }

  @Test
  void rotationEncryptsAnewWithoutTouchingTheContent() {
    byte[] payload = Stores.payload(port, CONTENT);
    byte[] plain = Stores.payload(Stores.open(Compression.zstd()), CONTENT);
    assertThat(keyPort().reseal(payload, Stores.ID, Stores.VERSION)).isNull();

    keys.set(Stores.rotatedKeys());
    assertThat(keyPort().primaryKey()).isEqualTo(1002);
    byte[] rotated = keyPort().reseal(payload, Stores.ID, Stores.VERSION);
    byte[] added = keyPort().reseal(plain, Stores.ID, Stores.VERSION);

    assertThat(rotated).isNotNull().hasSameSizeAs(payload);
    assertThat(port.header(rotated).keyId()).hasValue(1002);
    assertThat(open(port, rotated)).isEqualTo(CONTENT.bytes());
    assertThat(keyPort().reseal(rotated, Stores.ID, Stores.VERSION)).isNull();
    assertThat(added).isNotNull();
    assertThat(port.header(added).keyId()).hasValue(1002);
    assertThat(port.header(added).compression()).isEqualTo(Compression.Algorithm.ZSTD);
    assertThat(open(port, added)).isEqualTo(CONTENT.bytes());
    byte[] damaged = Arrays.copyOf(payload, payload.length - 1);
    assertThatThrownBy(() -> keyPort().reseal(damaged, Stores.ID, Stores.VERSION))
        .isInstanceOf(SerializationException.class);
  }

  /** As it was written before keys were derived; rotation brings it to the present form. */
  @Test
  void whatIsEncryptedUnderTheKeyItselfIsReadAndGetsAKeyOfItsOwn() {
    byte[] old = Stores.resource("json_none_encrypted.bin");
    assertThat(old[3]).isEqualTo((byte) 0x40);

    byte[] now = keyPort().reseal(old, Stores.ID, Stores.VERSION);

    assertThat(now).isNotNull().hasSameSizeAs(old);
    assertThat(now[3]).isEqualTo((byte) 0x80);
    assertThat(port.header(now).keyId()).isEqualTo(port.header(old).keyId());
    assertThat(open(port, now)).isEqualTo(open(port, old));
    assertThat(keyPort().reseal(now, Stores.ID, Stores.VERSION)).isNull();
  }

  /** By the format's documentation alone, with the means of the JDK. */
  @Test
  void theKeyOfAnItemIsDerivedAsTheFormatSays() throws Exception {
    byte[] payload = Stores.payload(port, Stores.json("{}"));
    Matcher value =
        Pattern.compile("\"value\":\\s*\"([A-Za-z0-9+/=]+)\"")
            .matcher(new String(Stores.resource("test-keys-not-secret.json"), UTF_8));
    assertThat(value.find()).isTrue();
    byte[] proto = Base64.getDecoder().decode(value.group(1));
    byte[] key = Arrays.copyOfRange(proto, proto.length - 32, proto.length);
    byte[] write =
        ByteBuffer.allocate(13 + 4 + 8 + 4 + 6 + 8)
            .put("stowage-value".getBytes(UTF_8))
            .putInt(8)
            .put("messages".getBytes(UTF_8))
            .putInt(6)
            .put(Stores.ID.getBytes(UTF_8))
            .putLong(Stores.VERSION.bits())
            .array();

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update(new byte[] {0, 0, 0, 1});
    mac.update("stowage item key".getBytes(UTF_8));
    mac.update((byte) 0);
    mac.update(write);
    mac.update(new byte[] {0, 0, 1, 0});
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(mac.doFinal(), "AES"),
        new GCMParameterSpec(128, payload, 8, 12));
    cipher.updateAAD(write);
    cipher.updateAAD(payload, 0, 8);

    assertThat(cipher.doFinal(payload, 20, payload.length - 20)).isEqualTo("{}".getBytes(UTF_8));
  }

  @Test
  void dictionariesAndTheSecretOfBlindIndexesRotate() {
    EnvelopePort zstd =
        Stores.open(Compression.zstd(), Optional.of(() -> keys.get().keySet()), blobs, () -> 2);
    byte[] dictionary = zstd.dictionaries().orElseThrow().train(Stores.samples(200, 1), 2048);
    assertThat(zstd.dictionaries().orElseThrow().store(1, dictionary)).isTrue();
    assertThat(zstd.dictionaries().orElseThrow().store(2, dictionary)).isTrue();
    String blind = keyPort().blind("session_id", "abc");
    byte[] before = blobs.read("dictionary-1").orElseThrow();

    keys.set(Stores.rotatedKeys());
    KeyPort rotating = zstd.keys().orElseThrow();
    assertThat(rotating.primaryKey()).isEqualTo(1002);
    rotating.resealBlobs();

    assertThat(before).isNotEqualTo(dictionary);
    assertThat(blobs.read("dictionary-1").orElseThrow()).isNotEqualTo(before);
    EnvelopePort fresh =
        Stores.open(Compression.zstd(), Optional.of(Stores.rotatedKeys()), blobs, () -> 2);
    assertThat(fresh.dictionaries().orElseThrow().read(1)).isEqualTo(dictionary);
    assertThat(fresh.dictionaries().orElseThrow().read(2)).isEqualTo(dictionary);
    assertThat(fresh.keys().orElseThrow().blind("session_id", "abc")).isEqualTo(blind);
  }
}
