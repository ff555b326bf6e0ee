package io.stowage.serialization.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.serialization.json.JsonCodec;
import io.stowage.serialization.kryo.KryoCodec;
import io.stowage.serialization.msgpack.MessagePackCodec;
import io.stowage.serialization.values.Holders.Place;
import io.stowage.serialization.values.JdkType.Sample;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values of the JDK come back as they were, or are refused when they are written: each type in each
 * place of an item, in each codec. docs/codecs.md tells which; its table is written anew by {@code
 * -Dtest=JdkValuesTest -Dstowage.docs.write=true}.
 */
@Tag("one-jdk")
@Tag("slow")
class JdkValuesTest {

  private static final int OLDEST_JDK = 17;
  private static final Path PAGE = Path.of("..", "docs", "codecs.md");
  private static final String BEGIN = "<!-- made by JdkValuesTest from the codecs -->\n";
  private static final String END = "<!-- end of what JdkValuesTest made -->\n";

  private static final List<SerializationPort> CODECS =
      List.of(new JsonCodec(), new MessagePackCodec(), new KryoCodec());

  /** What a field of such a type takes has its own rules, whatever the value is. */
  private static final Set<String> OPEN =
      Set.of(
          "java.lang.Object",
          "java.lang.Number",
          "java.lang.CharSequence",
          "java.lang.Comparable",
          "java.lang.Iterable");

  private static final Set<String> PACKAGES =
      Set.of(
          "java/lang",
          "java/time",
          "java/time/chrono",
          "java/time/format",
          "java/time/temporal",
          "java/time/zone",
          "java/util",
          "java/util/concurrent",
          "java/util/concurrent/atomic",
          "java/util/function",
          "java/util/random",
          "java/util/regex",
          "java/util/stream");

  private enum Fate {
    KEPT,
    REFUSED
  }

  @TempDir Path directory;

  /** All types of the table: those with values told, and every enum. */
  private static List<JdkType> types() throws IOException {
    List<JdkType> types = new ArrayList<>(JdkTypes.all());
    for (Class<?> type : publicTypes()) {
      if (type.isEnum()) {
        types.add(JdkType.type(type.getCanonicalName(), type.getEnumConstants()));
      }
    }
    return types;
  }

  private static List<Class<?>> publicTypes() throws IOException {
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
    List<Class<?>> types = new ArrayList<>();
    for (String name : new TreeSet<>(PACKAGES)) {
      try (Stream<Path> files = Files.list(base.resolve(name))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
            .sorted()
            .map(file -> named(name, file))
            .filter(JdkValuesTest::isPublic)
            .forEach(types::add);
      }
    }
    return types;
  }

  private static Class<?> named(String directory, String file) {
    String name = directory.replace('/', '.') + "." + file.substring(0, file.length() - 6);
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getDeclaringClass()) {
      if (!Modifier.isPublic(c.getModifiers()) || c.isAnnotation()) {
        return false;
      }
    }
    return type.getCanonicalName() != null;
  }

  private static Fate fate(SerializationPort codec, Object item, String what) {
    byte[] bytes;
    try {
      bytes = codec.encode(item, item.getClass());
    } catch (SerializationException refusal) {
      return Fate.REFUSED;
    }
    Object back;
    try {
      back = Holders.held(codec.decode(bytes, item.getClass()));
    } catch (SerializationException unreadable) {
      throw new AssertionError(what + " is written and cannot be read", unreadable);
    }
    assertThat(Plain.of(back)).as(what).isEqualTo(Plain.of(Holders.held(item)));
    return Fate.KEPT;
  }

  @Test
  void valuesComeBackOrAreRefusedAsThePageTells() throws IOException {
    List<JdkType> types = types();
    Holders holders = new Holders(directory, types);
    List<String> wrong = new ArrayList<>();
    ValuesTable table = new ValuesTable(CODECS.stream().map(SerializationPort::name).toList());
    for (JdkType type : types) {
      List<Sample> samples = new ArrayList<>(type.samples());
      if (!type.isPrimitive()) {
        samples.add(new Sample("null", null));
      }
      Map<String, List<Boolean>> kept = new LinkedHashMap<>();
      for (Sample sample : samples) {
        List<Boolean> byCodec = new ArrayList<>();
        for (SerializationPort codec : CODECS) {
          byCodec.add(isKept(codec, holders, type, sample, wrong));
        }
        kept.merge(sample.label(), byCodec, JdkValuesTest::both);
      }
      table.add(type.name(), kept);
    }

    assertThat(wrong).isEmpty();
    assertPage(table);
  }

  private static List<Boolean> both(List<Boolean> one, List<Boolean> other) {
    List<Boolean> both = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      both.add(one.get(i) && other.get(i));
    }
    return both;
  }

  /** Whether a field keeps the value; in the other places it must be kept or refused. */
  private static boolean isKept(
      SerializationPort codec, Holders holders, JdkType type, Sample sample, List<String> wrong) {
    boolean isKept = false;
    for (Place place : Place.values()) {
      if (sample.value() == null && place == Place.KEY) {
        continue;
      }
      String what =
          codec.name() + ": " + sample.label() + " in " + place + " of " + type.declaration();
      try {
        Object item = holders.holding(type.declaration(), place, sample.value());
        Fate fate = fate(codec, item, what);
        isKept |= place == Place.FIELD && fate == Fate.KEPT;
      } catch (AssertionError | RuntimeException e) {
        wrong.add(what + ": " + e);
      }
    }
    return isKept;
  }

  /** The page lists the types of the oldest JDK that is supported; a newer one has others too. */
  private static void assertPage(ValuesTable table) throws IOException {
    if (Runtime.version().feature() != OLDEST_JDK) {
      return;
    }
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    assertThat(begin).as("'%s' in %s", BEGIN.strip(), PAGE).isNotNegative();
    assertThat(end).as("'%s' in %s", END.strip(), PAGE).isGreaterThan(begin);
    String right =
        page.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + page.substring(end);
    if (Boolean.getBoolean("stowage.docs.write")) {
      Files.writeString(PAGE, right);
      return;
    }
    assertThat(page)
        .as(
            "%s is out of date; write it anew: ./mvnw test -pl serialization -am"
                + " -Dtest=JdkValuesTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dstowage.docs.write=true",
            PAGE)
        .isEqualTo(right);
  }

  /** No type is missing from the table: what has no row there is refused by name. */
  @Test
  void everyOtherTypeIsRefused() throws IOException {
    Set<String> told = new TreeSet<>(OPEN);
    types().forEach(type -> told.add(type.className()));
    List<String> others =
        publicTypes().stream()
            .map(Class::getCanonicalName)
            .filter(name -> !told.contains(name))
            .toList();
    Holders holders = new Holders(directory, others, Map.of());

    List<String> accepted = new ArrayList<>();
    for (String other : others) {
      for (SerializationPort codec : CODECS.subList(0, 2)) {
        Object item = holders.holding(other, Place.FIELD, Holders.ABSENT);
        try {
          byte[] unused = codec.encode(item, item.getClass());
          accepted.add(codec.name() + ": " + other);
        } catch (SerializationException refusal) {
          assertThat(refusal).hasMessageContaining(item.getClass().getName());
        }
      }
    }
    assertThat(accepted).isEmpty();
  }
}
