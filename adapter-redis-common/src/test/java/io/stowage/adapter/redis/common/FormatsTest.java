package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.api.IndexKind;
import io.stowage.api.Version;
import io.stowage.spi.AdapterException;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.StoredRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

  /** SHA-256 of the UTF-16 code units of a tilde, big-endian. */
  private static final String HASH_OF_TILDE =
      "0d1abbe3b9da7a48d463edb0a844f3a102dcf7fdea35f9c771d885027b31b322";

  private final Keys keys = new Keys("app:", "s");

  private static final Version VERSION = new Version(0x0102030405060708L);

  @Test
  void recordIsHeaderAndPlainPayload() {
    byte[] value = RecordFormat.encode("id", VERSION, Bytes.utf8("{}"));
    CRC32C crc = new CRC32C();
    crc.update(new byte[] {'i', 'd', 1, 2, 3, 4, 5, 6, 7, 8, '{', '}'});
    byte[] checksum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    assertThat(value)
        .containsExactly(
            (byte) 0xB5,
            (byte) 1,
            (byte) 2,
            (byte) 3,
            (byte) 4,
            (byte) 5,
            (byte) 6,
            (byte) 7,
            (byte) 8,
            checksum[0],
            checksum[1],
            checksum[2],
            checksum[3],
            (byte) '{',
            (byte) '}');
    StoredRecord record = RecordFormat.decode("id", value);
    assertThat(record.version()).isEqualTo(VERSION);
    assertThat(record.payload()).containsExactly('{', '}');
    assertThat(record.damage()).isNull();
  }

  @Test
  void valueWithoutHeaderIsDamagedAndEmptyIsNone() {
    byte[] foreign = Bytes.utf8("{\"a\":1234567}");
    for (byte[] value : List.of(new byte[] {(byte) 0xB5, 1, 2}, foreign)) {
      StoredRecord record = RecordFormat.decode("id", value);
      assertThat(record.version()).isEqualTo(new Version(0));
      assertThat(record.payload()).isEqualTo(value);
      assertThat(record.damage()).contains("no record header");
    }
    assertThat(RecordFormat.decode("id", Bytes.EMPTY)).isNull();
    assertThat(RecordFormat.version(Bytes.EMPTY)).isNull();
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] value = RecordFormat.encode("id", VERSION, Bytes.utf8("{\"id\":\"id\",\"n\":12345}"));
    for (int bit = 0; bit < value.length * 8; bit++) {
      byte[] flipped = value.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(RecordFormat.decode("id", flipped).damage()).as("bit " + bit).isNotNull();
    }
  }

  @Test
  void everyCutIsFound() {
    byte[] value = RecordFormat.encode("id", VERSION, Bytes.utf8("{\"id\":\"id\"}"));
    for (int length = 1; length < value.length; length++) {
      byte[] cut = Arrays.copyOf(value, length);
      assertThat(RecordFormat.decode("id", cut).damage()).as(length + " bytes").isNotNull();
    }
    byte[] longer = Arrays.copyOf(value, value.length + 1);
    assertThat(RecordFormat.decode("id", longer).damage()).isNotNull();
  }

  @Test
  void valueOfAnotherKeyIsFound() {
    byte[] value = RecordFormat.encode("id", VERSION, Bytes.utf8("{}"));
    assertThat(RecordFormat.decode("ID", value).damage()).contains("checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ü", "a\0", "\0\0", "a\0b", "\uD83D\uDE00", "a\n{}:*"})
  void memberKeepsIdVersionAndScore(String id) {
    EntryRef ref = new EntryRef(id, new Version(-2), -0.0);
    assertThat(EntryMember.decode(EntryMember.encode(id, ref.version()), ref.score()))
        .isEqualTo(ref);
  }

  @Test
  void membersOrderAsEntriesDo() {
    long seed = 4711;
    Random random = new Random(seed);
    String[] alphabet = {"\0", "\1", "a", "b", "\uFFFD", "\uD83D\uDE00"};
    List<EntryRef> refs = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder id = new StringBuilder();
      for (int n = random.nextInt(4); n >= 0; n--) {
        id.append(alphabet[random.nextInt(alphabet.length)]);
      }
      refs.add(new EntryRef(id.toString(), new Version(random.nextLong() >>> 2), 1));
    }
    List<EntryRef> byMember = new ArrayList<>(refs);
    byMember.sort(
        (a, b) ->
            Arrays.compareUnsigned(
                EntryMember.encode(a.id(), a.version()), EntryMember.encode(b.id(), b.version())));
    Collections.sort(refs);
    assertThat(byMember).as("seed %s", seed).isEqualTo(refs);
  }

  @Test
  void refusesMembersOfOthers() {
    assertThatThrownBy(() -> EntryMember.decode(Bytes.utf8("short"), 0))
        .isInstanceOf(AdapterException.class);
    assertThatThrownBy(() -> EntryMember.decode(Bytes.utf8("long but no zero byte"), 0))
        .isInstanceOf(AdapterException.class);
  }

  @Test
  void keysFollowTheLayout() {
    assertThat(keys.item("i:1")).asString(StandardCharsets.UTF_8).isEqualTo("app:s:item:i:1");
    assertThat(keys.meta()).asString(StandardCharsets.UTF_8).isEqualTo("app:s:meta");
    assertThat(keys.term(IndexTerm.exact("type", "a:b"))).isEqualTo("app:s:idx:type:a:b");
    assertThat(keys.term(IndexTerm.exact("type", ""))).isEqualTo("app:s:idx:type:");
    assertThat(keys.term(IndexTerm.range("at"))).isEqualTo("app:s:rng:at");
    assertThat(keys.term(IndexTerm.exact("type", "~")))
        .isEqualTo("app:s:idx:type:~" + HASH_OF_TILDE);
    assertThat(keys.lease("sweep")).asString(StandardCharsets.UTF_8).isEqualTo("app:s:lease:sweep");
    assertThat(keys.id(keys.item("é\n"))).isEqualTo("é\n");
    assertThat(keys.id(Bytes.utf8("app:other:item:1"))).isNull();
    assertThat(keys.id(new byte[] {'a', 'p', 'p', ':', 's', ':', 'i', 't', 'e', 'm', ':', -1}))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "", "a:b", "é\n", "*?[x]", "\uD83D\uDE00", "~", "\uD800"})
  void indexKeysAreReadBack(String text) {
    IndexTerm term = IndexTerm.exact("type", text);
    assertThat(keys.term(Bytes.utf8(keys.term(term)))).isEqualTo(term);
    IndexTerm range = IndexTerm.range("at");
    assertThat(keys.term(Bytes.utf8(keys.term(range)))).isEqualTo(range);
  }

  @Test
  void longestValueIsReadBackAndNoLongerOne() {
    String longest = "é".repeat(128);
    assertThat(keys.term(Bytes.utf8("app:s:idx:type:" + longest)))
        .isEqualTo(IndexTerm.stored("type", IndexKind.EXACT, longest));
    assertThat(keys.term(Bytes.utf8("app:s:idx:type:" + longest + "x"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app:s:item:idx:type:a",
        "app:s:meta",
        "app:s:lease:idx:x",
        "app:other:idx:type:a",
        "app:s:rng:",
        "app:s:rng:at:x",
        "app:s:idx:type",
        "app:s:idx::a",
        "app:s:idx:",
        "app:s:ing:type:a",
        "app:s:"
      })
  void keysOfNoIndexAreNoTerms(String key) {
    assertThat(keys.term(Bytes.utf8(key))).isNull();
  }

  @Test
  void keysThatAreNoTextAreNoTerms() {
    byte[] key = Bytes.utf8("app:s:idx:type:x");
    key[key.length - 1] = -1;
    assertThat(keys.term(key)).isNull();
  }

  @Test
  void patternEscapesGlobCharacters() {
    assertThat(new Keys("a*?[b]\\:", "s").itemPattern())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("a\\*\\?\\[b\\]\\\\:s:item:*");
    assertThat(new Keys("a*:", "s").termPattern())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("a\\*:s:[ibr][dln][xdg]:*");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        1,
        -1,
        0.1,
        1.5e300,
        4.9e-324,
        9007199254740994.0,
        1.7e15,
        -1e20,
        1e16,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void scoresComeBackExactly(double score) {
    assertThat(Replies.score(new Reply.Bulk(Bytes.score(score)))).isEqualTo(score);
  }

  @Test
  void errorsAreClassified() {
    assertThat(ReplyErrors.isTransient("LOADING Redis is loading the dataset in memory")).isTrue();
    assertThat(ReplyErrors.isTransient("OOM command not allowed")).isTrue();
    assertThat(ReplyErrors.passesSoon("UNBLOCKED instance state changed")).isTrue();
    assertThat(
            ReplyErrors.isTransient(
                "ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -OOM"
                    + " command not allowed when used memory > 'maxmemory'."))
        .isTrue();
    assertThat(ReplyErrors.isTransient("WRONGTYPE Operation against a key")).isFalse();
    assertThat(ReplyErrors.isTransient("NOPERM this user has no permissions")).isFalse();
    assertThat(ReplyErrors.isTransient("ERR syntax error")).isFalse();

    ServerAddress uri = new ServerAddress("h", 1);
    assertThat(ReplyErrors.onConnect(uri, "WRONGPASS invalid username-password pair", null))
        .hasMessageStartingWith("Redis at h:1 refused the credentials")
        .matches(e -> !e.isTransient());
    assertThat(ReplyErrors.onConnect(uri, "ERR max number of clients reached", null))
        .matches(AdapterException::isTransient);
    assertThat(ReplyErrors.onConnect(uri, "LOADING Redis is loading", null))
        .matches(AdapterException::isTransient);
    assertThat(ReplyErrors.onConnect(uri, "ERR DB index is out of range", null))
        .matches(e -> !e.isTransient());
  }
}
