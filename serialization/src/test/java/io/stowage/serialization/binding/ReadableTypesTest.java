package io.stowage.serialization.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonBackReference;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonKey;
import com.fasterxml.jackson.annotation.JsonManagedReference;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.serialization.kryo.KryoCodec;
import io.stowage.serialization.msgpack.MessagePackCodec;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonPOJOBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is saved can be read: a type of which that is not so is refused before anything is saved.
 */
class ReadableTypesTest {

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  record Drawing(String id, Shape shape) {}

  record Album(String id, Map<String, List<Optional<Shape>>> named) {}

  static final class NoCreator {
    private final String first;
    private final int second;

    @SuppressWarnings("unused") // Jackson would call neither
    private NoCreator(String first) {
      this(first, 1);
    }

    private NoCreator(String first, int second) {
      this.first = first;
      this.second = second;
    }

    public String getFirst() {
      return first;
    }

    public int getSecond() {
      return second;
    }
  }

  record OfNoCreator(String id, NoCreator part) {}

  static class Silent {
    public String id = "i";
    private String secret = "s";

    String secret() {
      return secret;
    }

    void keep(String kept) {
      secret = kept;
    }
  }

  static final class SilentBelow extends Silent {
    public String own = "o";
  }

  static final class GetterOnly {
    private final String name;

    GetterOnly() {
      this("none");
    }

    GetterOnly(String name) {
      this.name = name;
    }

    public String getName() {
      return name;
    }
  }

  static final class Tags extends ArrayList<String> {
    private static final long serialVersionUID = 1L;
    private String owner = "ada";

    String owner() {
      return owner;
    }

    void give(String to) {
      owner = to;
    }
  }

  record OfTags(String id, Tags tags) {}

  static final class Bag extends HashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    Bag(String label, Object value) {
      super(Map.of(label, value));
    }
  }

  record Key(int a, int b) {}

  record ByKey(Map<Key, String> names) {}

  /** Jackson would write it as {@code UserId[value=x]}, and read that as the value. */
  record UserId(String value) {}

  record ByUser(Map<UserId, String> names) {}

  static final class Money extends Number {
    private static final long serialVersionUID = 1L;

    @Override
    public int intValue() {
      return 1;
    }

    @Override
    public long longValue() {
      return 1;
    }

    @Override
    public float floatValue() {
      return 1.5f;
    }

    @Override
    public double doubleValue() {
      return 1.5;
    }

    @Override
    public String toString() {
      return "1.5";
    }
  }

  record Priced(String id, Money price) {}

  record AnyPriced(String id, Number price) {}

  record Summed(String id, DoubleAdder sum) {}

  record OfBits(BitSet bits) {}

  record OfRandom(List<Random> randoms) {}

  record Nested(Optional<Optional<String>> maybe) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Good.class), @JsonSubTypes.Type(Bad.class)})
  interface Told {}

  record Good(int n) implements Told {}

  static final class Bad implements Told {
    private final int m;

    Bad(int m, int unused) {
      this.m = m;
    }

    public int getM() {
      return m;
    }
  }

  record OfTold(Told told) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  interface Unnamed {}

  record Nameless(int n) implements Unnamed {}

  record OfUnnamed(List<Unnamed> all) {}

  static Stream<Arguments> unreadable() {
    DoubleAdder sum = new DoubleAdder();
    sum.add(1.5);
    return Stream.of(
        Arguments.of(new Drawing("d", new Circle(1)), "Drawing.shape"),
        Arguments.of(new Drawing("d", null), Shape.class.getName()),
        Arguments.of(new Album("a", Map.of()), Shape.class.getName()),
        Arguments.of(new NoCreator("a", 2), "constructor"),
        Arguments.of(new OfNoCreator("a", null), "OfNoCreator.part"),
        Arguments.of(new Silent(), "'secret'"),
        Arguments.of(new SilentBelow(), "'secret'"),
        Arguments.of(new GetterOnly("x"), "'name'"),
        Arguments.of(new OfTags("a", new Tags()), "'owner'"),
        Arguments.of(new Bag("a", 1), Bag.class.getName()),
        Arguments.of(new ByKey(Map.of(new Key(1, 2), "x")), Key.class.getName()),
        Arguments.of(new ByUser(Map.of(new UserId("x"), "y")), UserId.class.getName()),
        Arguments.of(new Priced("a", new Money()), Money.class.getName()),
        Arguments.of(new AnyPriced("a", new Money()), Money.class.getName()),
        Arguments.of(new AnyPriced("a", sum), DoubleAdder.class.getName()),
        Arguments.of(new Summed("a", sum), DoubleAdder.class.getName()),
        Arguments.of(new OfBits(new BitSet()), BitSet.class.getName()),
        Arguments.of(new OfRandom(List.of()), Random.class.getName()),
        Arguments.of(new Nested(Optional.empty()), "optional"),
        Arguments.of(new OfTold(new Good(1)), Bad.class.getName()),
        Arguments.of(new OfUnnamed(List.of(new Nameless(1))), Nameless.class.getName()));
  }

  private static List<SerializationPort> byJackson() {
    return List.of(
        new JsonCodec(),
        new MessagePackCodec(),
        new JsonCodec(
            ItemBinding.mapper(new tools.jackson.core.json.JsonFactory(), Set.of()).build()));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatCouldNotBeReadBackIsRefusedByName(Object item, String named) {
    for (SerializationPort codec : byJackson()) {
      // The second time from what was remembered.
      for (int time = 0; time < 2; time++) {
        assertThatThrownBy(() -> codec.encode(item))
            .as(codec.name())
            .isInstanceOf(SerializationException.class)
            .hasMessageContaining(item.getClass().getName())
            .hasMessageContaining(named);
      }
    }
  }

  @Test
  void anEmbeddersMapperIsAskedWhatItCanRead() {
    JsonMapper mapper = JsonMapper.builder().build();
    assertThatThrownBy(() -> new JsonCodec(mapper).encode(new Drawing("d", null)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Drawing.shape");
    JsonMapper telling = JsonMapper.builder().addMixIn(Shape.class, ToldByMixIn.class).build();
    Drawing drawing = new Drawing("d", new Circle(1));
    JsonCodec codec = new JsonCodec(telling);
    assertThat(codec.decode(codec.encode(drawing), Drawing.class)).isEqualTo(drawing);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
  interface ToldByMixIn {}

  /** Its fields are its properties, each by another way of telling so. */
  static final class Bean {
    private String plain = "p";
    private boolean isOpen = true;
    private String mPrefixed = "m";
    @JsonProperty private String annotated = "a";
    @JsonIgnore private String ignored = "i";
    private transient String passing = "t";
    private final Map<String, Object> others = new LinkedHashMap<>();

    public String getPlain() {
      return plain;
    }

    public void setPlain(String plain) {
      this.plain = plain;
    }

    public boolean isOpen() {
      return isOpen;
    }

    public void setOpen(boolean open) {
      this.isOpen = open;
    }

    public String getPrefixed() {
      return mPrefixed;
    }

    public void setPrefixed(String prefixed) {
      this.mPrefixed = prefixed;
    }

    String all() {
      return plain + annotated + ignored + passing;
    }

    @JsonAnyGetter
    public Map<String, Object> any() {
      return others;
    }

    @JsonAnySetter
    public void any(String name, Object value) {
      others.put(name, value);
    }
  }

  static final class Name {
    public String first = "f";
    public String last = "l";

    /** Made of the others, and not read. */
    public String getFull() {
      return first + last;
    }
  }

  static final class Created {
    private final long cents;

    private Created(long cents) {
      this.cents = cents;
    }

    @JsonCreator
    static Created of(@JsonProperty("amount") double amount) {
      return new Created(Math.round(amount * 100));
    }

    @JsonProperty("amount")
    double amount() {
      return cents / 100d;
    }
  }

  static final class Delegating {
    private final String text;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Delegating(String text) {
      this.text = text;
    }

    @JsonValue
    String text() {
      return text;
    }
  }

  @JsonDeserialize(builder = Built.Builder.class)
  static final class Built {
    private final String name;

    private Built(String name) {
      this.name = name;
    }

    public String getName() {
      return name;
    }

    @JsonPOJOBuilder(withPrefix = "")
    static final class Builder {
      private String name = "";

      Builder name(String given) {
        this.name = given;
        return this;
      }

      Built build() {
        return new Built(name);
      }
    }
  }

  static final class Tree {
    public String name = "t";
    public List<Tree> below = new ArrayList<>();
    public Map<String, Tree> named = new LinkedHashMap<>();
  }

  static final class Outer {
    public Inner inner;

    @SuppressWarnings("ClassCanBeStatic") // Jackson can read it as it is
    public final class Inner {
      public String name = "i";
    }
  }

  static final class Parent {
    public String name = "p";
    private List<Child> children = new ArrayList<>();

    @JsonManagedReference
    public List<Child> getChildren() {
      return children;
    }

    public void setChildren(List<Child> children) {
      this.children = children;
    }
  }

  static final class Child {
    public String name = "c";
    private Parent parent;

    @JsonBackReference
    public Parent getParent() {
      return parent;
    }

    public void setParent(Parent parent) {
      this.parent = parent;
    }
  }

  @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
  static final class Identified {
    public String id = "i";
    public Identified other;
  }

  /** Leaves fields out by annotations that are not at the fields. */
  @JsonIgnoreProperties("by_class")
  static final class LeavingOut {
    private final String byGetter = "g";
    private String byClass = "c";
    public String name = "n";

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String getByGetter() {
      return byGetter;
    }

    public String getByClass() {
      return byClass;
    }

    public void setByClass(String byClass) {
      this.byClass = byClass;
    }
  }

  record Shown(String value) {
    @Override
    public String toString() {
      return value;
    }
  }

  record Keyed(@JsonKey @JsonValue String value) {}

  record ByShown(Map<Shown, String> names, Map<Keyed, String> others) {}

  static final class Forest extends ArrayList<Forest> {
    private static final long serialVersionUID = 1L;
  }

  record OfForest(Forest forest) {}

  record Address(String street) {}

  static final class Person {
    @JsonUnwrapped public Address address = new Address("s");
    public String name = "n";
  }

  record Open(Object anything, JsonNode node, CharSequence text, Iterable<String> texts) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  sealed interface Animal permits Cat {}

  record Cat(String name) implements Animal {}

  record Owner(Animal pet, List<Animal> pets) {}

  record Box<T>(T content) {}

  static Stream<Object> readable() {
    return Stream.of(
        new Bean(),
        new Name(),
        Created.of(1.5),
        new Delegating("x"),
        new Built.Builder().name("n").build(),
        new Tree(),
        new Person(),
        new OfForest(new Forest()),
        new ByShown(Map.of(new Shown("x"), "y"), Map.of(new Keyed("z"), "w")),
        new Outer(),
        new Parent(),
        new Child(),
        new Identified(),
        new LeavingOut(),
        new Open("x", null, "t", List.of("a")),
        new Owner(new Cat("c"), List.of(new Cat("d"))),
        new Box<>("x"),
        new Circle(1),
        new int[] {1});
  }

  @ParameterizedTest
  @MethodSource("readable")
  void whatCanBeReadBackIsAccepted(Object item) {
    for (SerializationPort codec : byJackson()) {
      assertThat(codec.encode(codec.decode(codec.encode(item), item.getClass())))
          .as(codec.name())
          .isEqualTo(codec.encode(item));
    }
  }

  record Narrow(String id, AbstractCollection<String> texts) {}

  @Test
  void whatKryoCouldNotPutBackIsRefused() {
    KryoCodec codec = new KryoCodec();
    AbstractCollection<String> immutable = (AbstractCollection<String>) List.of("a");

    assertThatThrownBy(() -> codec.encode(new Narrow("n", immutable)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("'texts'");
    assertThatThrownBy(() -> codec.encode(new Bag("a", 1)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(Bag.class.getName());
    Narrow wide = new Narrow("n", new ArrayList<>(List.of("a")));
    assertThat(codec.decode(codec.encode(wide), Narrow.class)).isEqualTo(wide);
  }
}
