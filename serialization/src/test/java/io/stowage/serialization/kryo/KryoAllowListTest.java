package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.spi.SerializationException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KryoAllowListTest {

  private static final List<String> RUN = Collections.synchronizedList(new ArrayList<>());

  interface Payload {}

  record Harmless(int n) implements Payload {}

  /** Does harm as soon as it is initialised, made or compared. */
  static final class Gadgets1 implements Payload {
    static {
      RUN.add("static");
    }

    Gadgets1() {
      RUN.add("constructor");
    }

    @Override
    public int hashCode() {
      RUN.add("hash");
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return other == this;
    }
  }

  record Envelope(Payload payload, Object any) {}

  @SuppressWarnings("ClassCanBeStatic") // refused because it is not
  final class Inner {}

  static final class Special extends ArrayList<String> {
    private static final long serialVersionUID = 1L;
  }

  private final KryoCodec codec = new KryoCodec();
  private final KryoCodec allowing = KryoCodec.builder().allow(Harmless.class).build();

  @Test
  void classesBehindInterfacesMustBeAllowedOnSaving() {
    Envelope item = new Envelope(new Harmless(1), List.of(new Harmless(2)));

    assertThatThrownBy(() -> codec.encode(item))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(Harmless.class.getName())
        .hasMessageContaining("KryoCodec.builder().allow(Harmless.class)");
    assertThat(allowing.decode(allowing.encode(item), Envelope.class)).isEqualTo(item);
  }

  @Test
  void classesOfOtherItemsAreNotAllowedByThese() {
    codec.encode(new Harmless(1));

    assertThatThrownBy(() -> codec.encode(new Envelope(new Harmless(1), null)))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void classesMustBeAllowedOnLoading() {
    byte[] bytes = allowing.encode(new Envelope(new Harmless(1), null));

    assertThatThrownBy(() -> codec.decode(bytes, Envelope.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("'" + Harmless.class.getName() + "', which is not allowed");
    assertThat(codec.fields(bytes)).isEqualTo(Map.of("payload", Map.of("n", 1L)));
  }

  @Test
  void nothingOfARefusedClassRuns() {
    String forged =
        new String(
                allowing.encode(new Envelope(new Harmless(1), null)), StandardCharsets.ISO_8859_1)
            .replace("Harmless/n", "Gadgets1/n");
    byte[] bytes = forged.getBytes(StandardCharsets.ISO_8859_1);

    for (KryoCodec reader : List.of(codec, allowing)) {
      assertThatThrownBy(() -> reader.decode(bytes, Envelope.class))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("Gadgets1");
      assertThat(reader.fields(bytes)).isEqualTo(Map.of("payload", Map.of("n", 1L)));
    }
    assertThat(RUN).isEmpty();
    new Gadgets1();
    assertThat(RUN).containsExactly("static", "constructor");
  }

  static Stream<Object> refused() {
    Supplier<String> lambda = () -> "x";
    TreeSet<String> odd = new TreeSet<>(Comparator.comparing(String::length));
    return Stream.of(
        lambda,
        (Runnable & Serializable) () -> {},
        new Object() {},
        new Object(),
        new KryoAllowListTest().new Inner(),
        new Special(),
        odd,
        Thread.currentThread(),
        KryoAllowListTest.class,
        new AtomicBoolean(),
        new IllegalStateException(),
        Collections.synchronizedList(new ArrayList<>()),
        Collections.singletonList(new Thread[0]),
        Collections.singletonList(new Object[] {new Harmless(1)}),
        Map.of("k", new Harmless(1)).entrySet());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeHeldIsRefusedOnSaving(Object value) {
    assertThatThrownBy(() -> codec.encode(new Envelope(null, value)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("cannot be written by Kryo");
    assertThatThrownBy(() -> codec.encode(value)).isInstanceOf(SerializationException.class);
    assertThat(codec.decode(codec.encode(new Harmless(3)), Harmless.class).n()).isEqualTo(3);
  }

  @Test
  void theBuilderRefusesWhatCouldNeverBeHeld() {
    List<Class<?>> never =
        List.of(
            int.class,
            String[].class,
            Thread.class,
            Inner.class,
            Special.class,
            new Object() {}.getClass(),
            IllegalStateException.class);
    for (Class<?> type : never) {
      assertThatThrownBy(() -> KryoCodec.builder().allow(type))
          .as(type.getName())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(type.getName());
    }
  }
}
