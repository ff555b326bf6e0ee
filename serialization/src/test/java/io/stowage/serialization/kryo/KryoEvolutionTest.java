package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stowage.spi.SerializationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class KryoEvolutionTest {

  /** Prints all its fields by name, so that versions can be compared without their types. */
  private static final String SHOW =
      " public String toString() { StringBuilder s = new StringBuilder(); try {"
          + " for (var f : getClass().getDeclaredFields()) { f.setAccessible(true);"
          + " s.append(f.getName()).append('=').append(f.get(this)).append(' '); }"
          + " } catch (ReflectiveOperationException e) { throw new AssertionError(e); }"
          + " return s.toString(); } ";

  private static final String OLD_CLASS =
      "class Item { int kept; String removed; Gone gone; java.util.List<Gone> all; String last;"
          + " Item(int kept, String last) { this.kept = kept; this.last = last; removed = \"r\";"
          + " gone = new Gone(); all = java.util.List.of(new Gone(), new Gone()); }"
          + SHOW
          + "} class Gone { int[] x = {1}; Kind kind = Kind.A; enum Kind { A }"
          + " java.util.EnumSet<Kind> kinds = java.util.EnumSet.of(Kind.A);"
          + " java.util.EnumMap<Kind, Gone> map = new java.util.EnumMap<>(Kind.class);"
          + " java.util.TreeMap<String, Kind[]> t ="
          + " new java.util.TreeMap<>(java.util.Map.of(\"k\", Kind.values()));"
          + " public String toString() { return \"gone\"; } }";

  private static final String NEW_CLASS =
      "class Item { String last; int added; String text; long kept; String standard = \"d\";"
          + " Item() {} "
          + SHOW
          + "}";

  private static final String OLD_RECORD = "record Item(int kept, String removed, String last) {}";

  private static final String NEW_RECORD =
      "record Item(String last, boolean added, String text, long kept) {}";

  @TempDir Path directory;

  private Class<?> version(String source) throws IOException, ReflectiveOperationException {
    return Compiled.version(directory, "Item", source);
  }

  @Test
  void fieldsMayBeAddedRemovedMovedAndWidened() throws Exception {
    Object old = Compiled.make(version(OLD_CLASS), 5, "z");
    byte[] bytes = new KryoCodec().encode(old);

    Object now = new KryoCodec().decode(bytes, version(NEW_CLASS));

    assertThat(now).hasToString("last=z added=0 text=null kept=5 standard=d ");
  }

  @Test
  void olderProgramsReadWhatNewerOnesWrote() throws Exception {
    Object now = Compiled.make(version(NEW_CLASS));
    byte[] bytes = new KryoCodec().encode(now);

    Object old = new KryoCodec().decode(bytes, version(OLD_CLASS));

    assertThat(old).hasToString("kept=0 removed=null gone=null all=null last=null ");
  }

  @Test
  void componentsMayBeAddedRemovedMovedAndWidened() throws Exception {
    byte[] bytes = new KryoCodec().encode(Compiled.make(version(OLD_RECORD), 5, "r", "z"));
    Class<?> newer = version(NEW_RECORD);

    Object now = new KryoCodec().decode(bytes, newer);

    assertThat(now).hasToString("Item[last=z, added=false, text=null, kept=5]");
    byte[] again = new KryoCodec().encode(now);
    assertThat(new KryoCodec().decode(again, version(OLD_RECORD)))
        .hasToString("Item[kept=5, removed=null, last=z]");
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD_RECORD, NEW_RECORD})
  void upcastersSeeWhatWasStored(String reader) throws Exception {
    byte[] bytes = new KryoCodec().encode(Compiled.make(version(OLD_RECORD), 5, "r", "z"));
    KryoCodec codec = new KryoCodec();
    codec.decode(bytes, version(reader));

    assertThat(codec.fields(bytes)).isEqualTo(Map.of("kept", 5L, "removed", "r", "last", "z"));
  }

  @Test
  void numbersThatDoNotFitAndOtherTypesAreRefused() throws Exception {
    byte[] large =
        new KryoCodec().encode(Compiled.make(version("record Item(long kept) {}"), 1L << 40));

    assertThatThrownBy(() -> new KryoCodec().decode(large, version("record Item(int kept) {}")))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("'kept' of Item is of type int");
    assertThatThrownBy(() -> new KryoCodec().decode(large, version("class Item { String kept; }")))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void recordsMayRefuseWhatWasStored() throws Exception {
    byte[] bytes = new KryoCodec().encode(Compiled.make(version("record Item(int n) {}"), 1));
    Class<?> picky =
        version("record Item(int n) { Item { throw new IllegalStateException(\"no\"); } }");
    KryoCodec codec = new KryoCodec();

    assertThatThrownBy(() -> codec.decode(bytes, picky))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("refuses the stored values")
        .hasMessageContaining("no");
    assertThat(codec.fields(bytes)).isEqualTo(Map.of("n", 1L));
  }

  record Before(String id, List<Before> more) {}

  record After(String id, List<After> more, int added) {}

  record Annotated(@JsonProperty("other") String id, List<Annotated> more) {}

  @Test
  void fieldsOfRenamedClassesAreThoseOfJson() {
    byte[] bytes = new KryoCodec().encode(new Before("a", List.of()));
    KryoCodec codec = KryoCodec.builder().rename(Before.class.getName(), Annotated.class).build();

    assertThat(codec.fields(bytes)).isEqualTo(Map.of("other", "a", "more", List.of()));
  }

  @Test
  void renamedClassesAreReadIfTheBuilderSaysSo() {
    byte[] bytes = new KryoCodec().encode(new Before("a", List.of(new Before("b", List.of()))));
    KryoCodec codec = KryoCodec.builder().rename(Before.class.getName(), After.class).build();

    assertThat(codec.decode(bytes, After.class))
        .isEqualTo(new After("a", List.of(new After("b", List.of(), 0)), 0));
    assertThatThrownBy(() -> new KryoCodec().decode(bytes, After.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("rename")
        .hasMessageContaining("Before");
    assertThatThrownBy(() -> KryoCodec.builder().rename("a", Before.class).rename("a", After.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void constantsMayBeAddedAndMovedAndMissingOnesAreRefused() throws Exception {
    Class<?> old = version("record Item(K k) { enum K { A, B } Item() { this(K.B); } }");
    byte[] bytes = new KryoCodec().encode(Compiled.make(old));
    Class<?> now = version("record Item(K k) { enum K { C, B, A } }");
    Class<?> without = version("record Item(K k) { enum K { A } }");

    assertThat(new KryoCodec().decode(bytes, now)).hasToString("Item[k=B]");
    assertThatThrownBy(() -> new KryoCodec().decode(bytes, without))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("no constant 'B'");
  }
}
