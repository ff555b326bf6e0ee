package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.spi.AdapterException;
import io.stowage.spi.NameTable;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KryoNamesTest {

  /** Numbers from 1, and how often it was asked. */
  private static final class Counting implements NameTable {
    private final List<String> names = new ArrayList<>();
    private int questions;

    @Override
    public int number(String name) {
      questions++;
      if (!names.contains(name)) {
        names.add(name);
      }
      return names.indexOf(name) + 1;
    }

    @Override
    public String name(int number) {
      questions++;
      if (number < 1 || number > names.size()) {
        throw new SerializationException("no name " + number, null);
      }
      return names.get(number - 1);
    }
  }

  private final Counting table = new Counting();
  private final RandomItems items = new RandomItems(Seed.of("KryoNamesTest"));

  @Test
  void classesAreNumbersInAStore() {
    SerializationPort codec = new KryoCodec().inStore(table);
    RandomItems.Item item = items.item();

    byte[] bytes = codec.encode(item);

    assertThat(codec.name()).isEqualTo("kryo");
    assertThat(bytes[0]).isEqualTo((byte) 4);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .doesNotContain("Item")
        .doesNotContain("createdAt");
    assertThat(codec.decode(bytes, RandomItems.Item.class)).isEqualTo(item);
    assertThat(table.names)
        .contains(
            RandomItems.Part.class.getName() + "/name/parts/color",
            RandomItems.Color.class.getName());
  }

  @Test
  void otherProcessesReadThemAndEachAsksOnce() {
    RandomItems.Item item = items.item();
    SerializationPort writer = new KryoCodec().inStore(table);
    for (int i = 0; i < 10; i++) {
      writer.encode(item);
    }
    assertThat(table.questions).isEqualTo(table.names.size());
    byte[] bytes = writer.encode(item);
    SerializationPort reader = new KryoCodec().inStore(table);
    table.questions = 0;

    for (int i = 0; i < 10; i++) {
      assertThat(reader.decode(bytes, RandomItems.Item.class)).isEqualTo(item);
      assertThat(reader.fields(bytes)).isEqualTo(writer.fields(bytes));
    }

    assertThat(table.questions).isLessThanOrEqualTo(2 * table.names.size());
  }

  @Test
  void aStoresCodecReadsNamesInFullToo() {
    RandomItems.Item item = items.item();
    byte[] bytes = new KryoCodec().encode(item);

    assertThat(new KryoCodec().inStore(table).decode(bytes, RandomItems.Item.class))
        .isEqualTo(item);
    assertThat(table.questions).isZero();
  }

  @Test
  void numbersMeanNothingWithoutTheStore() {
    byte[] bytes = new KryoCodec().inStore(table).encode(items.item());

    assertThatThrownBy(() -> new KryoCodec().decode(bytes, RandomItems.Item.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("only the codec of its store");
    assertThatThrownBy(() -> new KryoCodec().fields(bytes))
        .isInstanceOf(SerializationException.class);
  }

  /** A name costs its number once in an item. */
  @Test
  void aNumberStandsWhereItsNameOccursFirst() {
    NameTable large =
        new NameTable() {
          @Override
          public int number(String name) {
            return Integer.MAX_VALUE - table.number(name);
          }

          @Override
          public String name(int number) {
            return table.name(Integer.MAX_VALUE - number);
          }
        };
    List<RandomItems.Color> colors = List.of(RandomItems.Color.values());
    SerializationPort codec = new KryoCodec().inStore(large);

    int some = codec.encode(new Palette(colors)).length;
    List<RandomItems.Color> twice = new ArrayList<>(colors);
    twice.addAll(colors);
    byte[] more = codec.encode(new Palette(List.copyOf(twice)));

    assertThat(more.length - some)
        .as("a byte for the class, and the constant's name")
        .isEqualTo(colors.stream().mapToInt(color -> 2 + color.name().length()).sum());
    assertThat(codec.decode(more, Palette.class).colors()).isEqualTo(twice);
    assertThat(codec.fields(more)).containsKey("colors");
  }

  record Palette(List<RandomItems.Color> colors) {}

  /** As items were written before: each name is a number, wherever it occurs. */
  @Test
  void olderItemsHaveNumbersOnly() {
    table.number(Palette.class.getName() + "/colors");
    byte[] old = {3, 65, 8, 0};

    assertThat(new KryoCodec().inStore(table).decode(old, Palette.class))
        .isEqualTo(new Palette(List.of()));
  }

  @Test
  void numbersThatTheStoreCannotHaveAreNotAskedFor() {
    SerializationPort codec = new KryoCodec().inStore(table);
    byte[][] forged = {
      {3, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0xF},
      {3, (byte) 0xFF, (byte) 0xFF, 0x7F},
      {3, 1, 2, 'A'},
    };
    for (byte[] bytes : forged) {
      assertThatThrownBy(() -> codec.decode(bytes, RandomItems.Item.class))
          .isInstanceOf(SerializationException.class);
      assertThatThrownBy(() -> codec.fields(bytes)).isInstanceOf(SerializationException.class);
    }
    assertThat(table.questions).isZero();
    assertThatThrownBy(() -> codec.fields(new byte[] {3, 70}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("no name 6");
  }

  @Test
  void failuresOfTheStoreStayWhatTheyAre() {
    AdapterException failure = AdapterException.unavailable("down", null);
    NameTable down =
        new NameTable() {
          @Override
          public int number(String name) {
            throw failure;
          }

          @Override
          public String name(int number) {
            throw failure;
          }
        };
    SerializationPort codec = new KryoCodec().inStore(down);

    assertThatThrownBy(() -> codec.encode(items.item())).isSameAs(failure);
    assertThatThrownBy(() -> codec.fields(new byte[] {3, 70})).isSameAs(failure);
    assertThat(codec.fields(codec.encode(items.document().asMap()))).isNotNull();
  }
}
