package io.stowage.serialization.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken for a key set; refusals contain nothing of a key. */
class KeySetTest {

  private static final Pattern KEY_VALUE = Pattern.compile("\"value\"\\s*:\\s*\"([^\"]+)\"");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void validSetsArePrimaryAndOthers() throws Exception {
    Keys keys = Keys.ofOne();
    long first = keys.primary();
    long second = keys.rotate();

    KeySet set = KeySet.parse(bytes(keys.json()));

    assertThat(set.primary()).isEqualTo(second);
    assertThat(set.ids()).containsExactlyInAnyOrder(first, second);
    assertThat(set.key(first ^ 1)).isNull();
    Aead key = Objects.requireNonNull(set.key(first)).direct();
    byte[] sealed = key.encrypt(bytes("text"), bytes("place"));
    assertThat(sealed).as("no prefix").hasSize(12 + 4 + 16);
    assertThat(key.decrypt(sealed, bytes("place"))).isEqualTo(bytes("text"));
    assertThat(set.toString()).doesNotContainPattern("[A-Za-z0-9+/=]{20}");
  }

  @Test
  void theInputIsOverwritten() {
    byte[] valid = bytes(Keys.ofOne().json());
    byte[] other = bytes("no key set");

    KeySet.parse(valid);
    assertThatThrownBy(() -> KeySet.parse(other)).isInstanceOf(IllegalArgumentException.class);

    assertThat(valid).containsOnly(0);
    assertThat(other).containsOnly(0);
  }

  @Test
  void disabledKeysThatAreNotPrimaryAreNotUsed() {
    Keys keys = Keys.ofOne();
    long first = keys.primary();
    long second = keys.rotate();

    KeySet set = KeySet.parse(bytes(disabled(keys.json(), first)));

    assertThat(set.ids()).containsExactly(second);
    assertThat(set.key(first)).isNull();
  }

  static Stream<Arguments> refused() {
    String valid = Keys.ofOne().json();
    Keys two = Keys.ofOne();
    long old = two.primary();
    two.rotate();
    String unused = Keys.of(PredefinedAeadParameters.AES128_GCM).json();
    return Stream.of(
        Arguments.of("empty", "", "cannot be read"),
        Arguments.of("a space", " ", "cannot be read"),
        Arguments.of("null", "null", "cannot be read"),
        Arguments.of("an empty object", "{}", "cannot be read"),
        Arguments.of("no keys", "{\"primaryKeyId\":1,\"key\":[]}", "cannot be read"),
        Arguments.of("a list", "[" + valid + "]", "cannot be read"),
        Arguments.of("no JSON", keyOf(valid), "cannot be read"),
        Arguments.of("cut off", valid.substring(0, valid.length() - 10), "cannot be read"),
        Arguments.of("bad Base64", replacedKey(valid, "=" + keyOf(valid)), "cannot be read"),
        Arguments.of(
            "a key cut off", replacedKey(valid, keyOf(valid).substring(8)), "cannot be read"),
        Arguments.of(
            "a key that is no text",
            valid.replace("\"" + keyOf(valid) + "\"", "{\"" + keyOf(valid) + "\":1}"),
            "cannot be read"),
        Arguments.of("128 bits", unused, "of another kind"),
        Arguments.of(
            "another algorithm",
            Keys.of(PredefinedAeadParameters.XCHACHA20_POLY1305).json(),
            "of another kind"),
        Arguments.of(
            "another algorithm, disabled and not primary",
            mixed(two.json(), old),
            "of another kind"),
        Arguments.of(
            "an unknown algorithm", valid.replace("AesGcmKey", "NoSuchKey"), "of another kind"),
        Arguments.of(
            "no primary key",
            valid.replaceFirst("\"primaryKeyId\"\\s*:\\s*\\d+", "\"primaryKeyId\":7"),
            ""),
        Arguments.of("a disabled primary key", valid.replace("ENABLED", "DISABLED"), ""),
        Arguments.of("a destroyed primary key", valid.replace("ENABLED", "DESTROYED"), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void othersAreRefused(String name, String json, String reason) {
    assertThatThrownBy(() -> KeySet.parse(bytes(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("key set is not valid: ")
        .hasMessageContaining(reason)
        .hasMessageContaining("allowed are AES-256-GCM keys")
        .satisfies(refusal -> assertSecret(refusal, json));
  }

  /** Nothing that a log would show of the exception is a part of a key of the JSON. */
  static void assertSecret(Throwable refusal, String json) {
    StringWriter all = new StringWriter();
    refusal.printStackTrace(new PrintWriter(all, true));
    String text = all.toString().toLowerCase(Locale.ROOT);
    Matcher values = KEY_VALUE.matcher(json);
    while (values.find()) {
      String base64 = values.group(1).replaceAll("[^A-Za-z0-9+/]", "");
      String raw = base64.substring(0, base64.length() / 4 * 4);
      for (String written :
          List.of(raw, HexFormat.of().formatHex(Base64.getDecoder().decode(raw)))) {
        for (int at = 0; at + 12 <= written.length(); at++) {
          assertThat(text).doesNotContain(written.substring(at, at + 12).toLowerCase(Locale.ROOT));
        }
      }
    }
  }

  private static String keyOf(String json) {
    Matcher value = KEY_VALUE.matcher(json);
    assertThat(value.find()).isTrue();
    return value.group(1);
  }

  private static String replacedKey(String json, String by) {
    return json.replace(keyOf(json), by);
  }

  private static String disabled(String json, long id) {
    Matcher key = Pattern.compile("ENABLED(\"[^{}]*?\"keyId\"\\s*:\\s*" + id + ")").matcher(json);
    assertThat(key.find()).as("key %s in the JSON", id).isTrue();
    return key.replaceFirst("DISABLED$1");
  }

  /** The key of an id disabled and named after another algorithm. */
  private static String mixed(String json, long id) {
    String changed = disabled(json, id);
    int at = changed.indexOf("DISABLED");
    int name = changed.lastIndexOf("AesGcmKey", at);
    assertThat(name).isPositive();
    return changed.substring(0, name) + "NoSuchKey" + changed.substring(name + 9);
  }
}
