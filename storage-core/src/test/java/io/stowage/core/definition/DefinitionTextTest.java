package io.stowage.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.IndexKind;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.spi.AdapterException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTextTest {

  private static final IndexDefinition KIND = new IndexDefinition("kind", IndexKind.EXACT);
  private static final IndexDefinition SIZE = new IndexDefinition("a.size", IndexKind.RANGE);

  static Stream<StoreDefinition> definitions() {
    return Stream.of(
        new StoreDefinition("json", List.of(), null),
        new StoreDefinition("json", List.of(KIND), null),
        new StoreDefinition("own codec", List.of(SIZE, KIND), "a.size"),
        new StoreDefinition("json", List.of(), "at"));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void aDefinitionIsReadAsItWasWritten(StoreDefinition definition) {
    StoredDefinition stored = StoredDefinition.of(definition);

    assertThat(DefinitionText.read(DefinitionText.write(stored))).isEqualTo(stored);
    assertThat(stored.toApi()).isEqualTo(definition);
    assertThat(stored.isChanging()).isFalse();
  }

  private static StoredDefinition changing(@Nullable String position) {
    return new StoredDefinition(
        "json",
        "at",
        List.of(
            new StoredIndex(KIND, IndexState.READY),
            new StoredIndex(SIZE, IndexState.PURGING),
            new StoredIndex(new IndexDefinition("kind", IndexKind.RANGE), IndexState.BUILDING),
            new StoredIndex(new IndexDefinition("old", IndexKind.EXACT), IndexState.DROPPING)),
        position,
        StoredCoding.NONE,
        StoredSchema.FIRST);
  }

  @Test
  void theSchemaVersionIsReadAsItWasWritten() {
    StoredDefinition first = StoredDefinition.of(new StoreDefinition("json", List.of(KIND), null));
    StoredDefinition rising = first.rising(12);

    assertThat(DefinitionText.write(first)).doesNotContain("schema");
    assertThat(DefinitionText.write(rising)).endsWith("exact kind\nschema 1 12\n");
    assertThat(DefinitionText.write(rising.risen(12))).endsWith("exact kind\nschema 12\n");
    for (StoredDefinition each : List.of(first, rising, rising.risen(12))) {
      assertThat(DefinitionText.read(DefinitionText.write(each))).isEqualTo(each);
    }
    assertThat(rising).isNotEqualTo(first);
    assertThat(rising.toApi().schemaVersion()).isEqualTo(1);
    assertThat(rising.risen(12).toApi().schemaVersion()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema",
        "schema x",
        "schema 0",
        "schema 1 x",
        "schema 1 2 3",
        "schema 2\nschema 2"
      })
  void aSchemaThatIsNoneIsRefused(String lines) {
    assertThatThrownBy(() -> DefinitionText.read("stowage-store 1\ncodec json\n" + lines + "\n"))
        .isInstanceOfSatisfying(AdapterException.class, e -> assertThat(e.isTransient()).isFalse());
  }

  @Test
  void whoTrustsEntriesAndWhoMayWriteThem() {
    StoredSchema still = StoredSchema.of(2);
    StoredSchema rising = new StoredSchema(2, 3);

    assertThat(List.of(1, 2, 3)).filteredOn(still::isTrustedBy).containsExactly(2);
    assertThat(List.of(1, 2, 3)).filteredOn(still::isWritableBy).containsExactly(2, 3);
    assertThat(List.of(1, 2, 3)).filteredOn(rising::isTrustedBy).isEmpty();
    assertThat(List.of(1, 2, 3)).filteredOn(rising::isWritableBy).containsExactly(3);
  }

  @Test
  void whatReadersOfValuesNeedIsReadAsItWasWritten() {
    StoredDefinition plain =
        StoredDefinition.of(
            new StoreDefinition("kryo", List.of(new IndexDefinition("e", IndexKind.BLIND)), null));
    StoredDefinition coded =
        plain
            .with(new StoredCoding(List.of("com.acme.A", "b c\n="), List.of(1, 200_000_000), "7f"))
            .compressingWith(150_000_000);

    String text = DefinitionText.write(coded);

    assertThat(text)
        .isEqualTo(
            """
            stowage-store 1
            codec kryo
            blind e
            incarnation 7f
            name 1 =Y29tLmFjbWUuQQ
            name 2 =YiBjCj0
            dictionary 1
            dictionary 200000000
            dictionary 150000000
            """);
    assertThat(DefinitionText.read(text)).isEqualTo(coded).isNotEqualTo(plain);
    assertThat(DefinitionText.read(text).toApi()).isEqualTo(plain.toApi());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name 2 =YQ",
        "name 1 YQ",
        "name 1",
        "name x =YQ",
        "name 1 =YQ\nname 2 =YQ",
        "name 1 =YQ\nname 3 =Yg",
        "dictionary 0",
        "dictionary x",
        "dictionary 1\ndictionary 1",
        "dictionary 10001",
        "dictionary 9999999999"
      })
  void aCodingThatIsNoneIsRefused(String lines) {
    assertThatThrownBy(() -> DefinitionText.read("stowage-store 1\ncodec json\n" + lines + "\n"))
        .isInstanceOfSatisfying(AdapterException.class, e -> assertThat(e.isTransient()).isFalse());
  }

  /** The oldest definitions name the last dictionary alone; there were none of another number. */
  @Test
  void theOneDictionaryOfAnOldDefinitionStandsForThoseBefore() {
    StoredDefinition stored = DefinitionText.read("stowage-store 1\ncodec json\ndictionary 3\n");

    assertThat(stored.coding().dictionaries()).containsExactly(1, 2, 3);
    assertThat(stored.coding().dictionary()).isEqualTo(3);
    assertThat(DefinitionText.read(DefinitionText.write(stored))).isEqualTo(stored);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", ">id", "a b\n=\u20ac\ud83d\ude00"})
  void aChangeIsReadAsItWasWritten(@Nullable String position) {
    StoredDefinition stored = changing(position);

    assertThat(DefinitionText.read(DefinitionText.write(stored))).isEqualTo(stored);
    assertThat(stored.isChanging()).isTrue();
  }

  @Test
  void statesStandBeforeTheIndexSoThatReadersOfOldStopThere() {
    assertThat(DefinitionText.write(changing(">5")))
        .isEqualTo(
            """
            stowage-store 1
            codec json
            order at
            exact kind
            purging range a.size
            building range kind
            dropping exact old
            position =PjU
            """);
  }

  @Test
  void theTextIsALineAFact() {
    assertThat(
            DefinitionText.write(
                StoredDefinition.of(new StoreDefinition("json", List.of(KIND, SIZE), "at"))))
        .isEqualTo("stowage-store 1\ncodec json\norder at\nexact kind\nrange a.size\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "stowage-store 1\n",
        "stowage-store 2\ncodec json\n",
        "stowage-store\ncodec json\n",
        "codec json\n",
        "stowage-store 1\norder at\n",
        "stowage-store 1\ncodec\n",
        "stowage-store 1\ncodec \n",
        "stowage-store 1\ncodec json\n\nexact kind\n",
        "stowage-store 1\ncodec json\norder \n",
        "stowage-store 1\ncodec json\nexact\n",
        "stowage-store 1\ncodec json\nexact \n",
        "stowage-store 1\ncodec json\nEXACT kind\n",
        "stowage-store 1\ncodec json\nfuzzy kind\n",
        "stowage-store 1\ncodec json\n exact kind\n",
        "stowage-store 1\ncodec json\ncodec json\n",
        "stowage-store 1\ncodec json\norder at\norder at\n",
        "stowage-store 1\ncodec json\nexact kind\nexact kind\n",
        "stowage-store 1\ncodec json\nexact kind\nrange kind\n",
        "stowage-store 1\ncodec json\nexact kind\nbuilding exact kind\n",
        "stowage-store 1\ncodec json\nbuilding exact kind\npurging exact kind\n",
        "stowage-store 1\ncodec json\nbuilding kind\n",
        "stowage-store 1\ncodec json\nbuilding fuzzy kind\n",
        "stowage-store 1\ncodec json\nbuilding exact \n",
        "stowage-store 1\ncodec json\nready exact kind\n",
        "stowage-store 1\ncodec json\nbuilding building exact kind\n",
        "stowage-store 1\ncodec json\nexact kind\nposition =\n",
        "stowage-store 1\ncodec json\nbuilding exact kind\nposition x\n",
        "stowage-store 1\ncodec json\nbuilding exact kind\nposition =?\n",
        "stowage-store 1\ncodec json\nbuilding exact kind\nposition =\nposition =\n",
      })
  void aDamagedTextIsRefused(String text) {
    assertThatThrownBy(() -> DefinitionText.read(text))
        .isInstanceOfSatisfying(AdapterException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("stored definition cannot be read")
        .hasMessageContaining("expected is stowage-store 1");
  }
}
