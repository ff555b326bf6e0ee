package io.stowage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stowage.api.Codec;
import io.stowage.api.Outcome;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.serialization.json.JsonCodec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledTest {

  @ParameterizedTest
  @ValueSource(strings = {"memory:", "MEMORY:", "memory:anything"})
  void theOnlyAdapterThatServesTheSchemeIsTaken(String uri) {
    assertThat(Installed.adapter(uri, Optional.empty()).name()).isEqualTo("memory");
  }

  @Test
  void aNameChoosesAmongSeveral() {
    assertThat(Installed.adapter("twin:", Optional.of("twin-b")).name()).isEqualTo("twin-b");
  }

  @Test
  void severalWithoutAChoiceAreRefused() {
    assertThatThrownBy(() -> Installed.adapter("twin:", Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("several adapters on the class path serve 'twin': [twin-a, twin-b]")
        .hasMessageContaining(".adapter(name)");
  }

  @Test
  void noneThatServesTheSchemeIsRefused() {
    assertThatThrownBy(() -> Installed.adapter("redis://localhost", Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'redis'")
        .hasMessageContaining("found are [ailing, down, memory, twin-a, twin-b]")
        .hasMessageContaining("stowage-adapter-redis-lettuce");
  }

  @Test
  void aNameThatIsUnknownOrServesAnotherSchemeIsRefused() {
    assertThatThrownBy(() -> Installed.adapter("memory:", Optional.of("other")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("adapter 'other'");
    assertThatThrownBy(() -> Installed.adapter("memory:", Optional.of("twin-a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("adapter 'twin-a'")
        .hasMessageContaining("memory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        ":6379",
        "//user:secret@host",
        "u ser:secret@host",
        "user_1:secret@host:1"
      })
  void aUriWithoutASchemeIsRefusedWithoutItsPassword(String uri) {
    assertThatThrownBy(() -> Installed.adapter(uri, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed is a scheme and a place")
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://user:secret@host:6379",
        "twin://:secret@host",
        "down://user:secret@host",
        "down://user:secret@host/rights",
        "unknown://user:se@secret@host"
      })
  void aPasswordIsInNoMessage(String uri) {
    Throwable failure = catchThrowable(() -> StoragePlatform.open(uri));

    assertThat(failure).isNotNull();
    assertThat(failure.toString()).doesNotContain("secret");
  }

  @Test
  void theCodecIsFoundByItsName() {
    assertThat(Installed.codecs("json").writing().name()).isEqualTo("json");
    assertThatThrownBy(() -> Installed.codecs("xml"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("codec 'xml'")
        .hasMessageContaining("json")
        .hasMessageContaining("stowage-serialization");
  }

  @Test
  void aCodecOfTheEmbeddersOwnIsUsedAsItIs() {
    JsonCodec own = new JsonCodec();
    assertThat(Installed.codecs(own).writing()).isSameAs(own);
    assertThatThrownBy(() -> Installed.codecs((Codec) () -> "odd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'odd'")
        .hasMessageContaining("SerializationPort");
  }

  @Test
  void aPlatformOpensWithWhatIsInstalled() {
    try (StoragePlatform platform = StoragePlatform.open("memory:")) {
      assertThat(platform.adapter()).isEqualTo("memory");
      platform.documents("things");
      assertThat(platform.definition("things").orElseThrow().codec()).isEqualTo("json");
    }
  }

  @Test
  void aBackendThatCannotBeReachedIsATransientFailure() {
    assertThatThrownBy(() -> StoragePlatform.open("down://host"))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.isTransient()).isTrue();
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.operation()).isEqualTo("open");
              assertThat(e.adapter()).isEqualTo("down");
            })
        .hasMessageContaining("no connection");
    assertThatThrownBy(() -> StoragePlatform.open("down://host/rights"))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isFalse());
  }
}
