package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DocumentTest {

  private static Object kept(Object value) {
    return Document.of(Map.of("a", value)).get("a");
  }

  @Test
  void keepsNumbersByValueInOneType() {
    for (Number one : List.of((byte) 1, (short) 1, 1, 1L, BigInteger.ONE, BigDecimal.ONE)) {
      assertThat(kept(one)).isEqualTo(1L);
    }
    BigInteger beyondLong = BigInteger.ONE.shiftLeft(63);
    assertThat(kept(beyondLong)).isEqualTo(beyondLong);
    assertThat(kept(new BigDecimal(beyondLong))).isEqualTo(beyondLong);
    assertThat(kept(beyondLong.negate())).isEqualTo(Long.MIN_VALUE);
    assertThat(kept(0.1f)).isEqualTo(0.1d);
    assertThat(kept(new BigDecimal("0.10"))).isEqualTo(0.1d);
    assertThat(kept(new BigDecimal("1.0"))).isEqualTo(1.0d);
    BigDecimal precise = new BigDecimal("0.12345678901234567890");
    assertThat(kept(precise)).isEqualTo(precise.stripTrailingZeros());
    assertThat(kept(new BigDecimal("1E+400"))).isEqualTo(new BigDecimal("1E+400"));
    assertThat(kept(new BigDecimal("12345678901234567891.0")))
        .isEqualTo(new BigInteger("12345678901234567891"));
  }

  @Test
  void refusesOtherValuesByTheirPath() {
    List<Object> refused =
        List.of(Double.NaN, Float.POSITIVE_INFINITY, new Object(), 'c', new AtomicInteger(1));
    for (Object value : refused) {
      assertThatThrownBy(() -> Document.of(Map.of("a", Map.of("b", List.of(value)))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "field 'a.b' is '%s' of type %s; allowed are null, strings, booleans, finite numbers,"
                  + " lists, and maps with string keys",
              value, value.getClass().getName());
    }
    assertThatThrownBy(() -> Document.of(Map.of("a", Map.of(1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a name in 'a' is '1'; allowed are strings");
  }

  @Test
  void isImmutableToTheDepth() {
    List<Object> list = new ArrayList<>(Arrays.asList(1, null));
    Map<String, Object> inner = new HashMap<>(Map.of("list", list));
    Map<String, Object> given = new HashMap<>(Map.of("inner", inner));
    Document document = Document.of(given);
    list.add(2);
    inner.put("x", 1);
    given.put("y", 1);

    assertThat(document).hasToString("{inner={list=[1, null]}}");
    Map<?, ?> innerKept = (Map<?, ?>) document.get("inner");
    List<?> listKept = (List<?>) document.get("inner.list");
    assertThatThrownBy(() -> document.asMap().put("a", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> innerKept.remove("list"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> listKept.remove(0)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void acceptsAnyCollection() {
    assertThat(kept(Set.of(1))).isEqualTo(List.of(1L));
  }

  @Test
  void changesMakeAnotherDocument() {
    Document document = Document.of(Map.of("a", 1));

    assertThat(document.with("b", 2).without("a")).isEqualTo(Document.of(Map.of("b", 2)));
    assertThat(document.with("a", null).asMap()).containsEntry("a", null);
    assertThat(document).isEqualTo(Document.of(Map.of("a", 1L))).isNotEqualTo("x");
    assertThat(document).hasSameHashCodeAs(Document.of(Map.of("a", 1L)));
    assertThatThrownBy(() -> document.with("b", new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("field 'b' is");
  }

  @Test
  void idIsAStringOrAWholeNumber() {
    assertThat(Document.of(Map.of("id", "x")).id()).hasValue("x");
    assertThat(Document.of(Map.of("id", 5)).id()).hasValue("5");
    assertThat(Document.of(Map.of("id", BigInteger.TWO.pow(70))).id())
        .hasValue("1180591620717411303424");
    assertThat(Document.of(Map.of()).id()).isEmpty();
    assertThatThrownBy(() -> Document.of(Map.of("id", 1.5)).id())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("id is '1.5'; allowed is a string or a whole number");
  }

  @Test
  void pathsLeadThroughMapsOnly() {
    Document document = Document.of(Map.of("a", Map.of("b", List.of(Map.of("c", 1)))));

    assertThat(document.get("a.b")).isEqualTo(List.of(Map.of("c", 1L)));
    assertThat(document.get("a.b.c")).isNull();
    assertThat(document.get("x.y")).isNull();
    assertThat(FieldPath.resolve(document.asMap(), "a.b.c")).isEqualTo(List.of(1L));
    assertThat(FieldPath.resolve(document.asMap(), "a.b.x")).isNull();
    assertThat(FieldPath.resolve(document.asMap(), "a.b.c.d")).isNull();
    assertThat(FieldPath.resolve(document.asMap(), "x")).isNull();
  }

  @Test
  void nestsToABound() {
    assertThat(Document.of(nested(500)).asMap()).hasSize(1);
    assertThatThrownBy(() -> Document.of(nested(501)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("document is nested deeper than 500 levels; allowed are 500");
  }

  private static Map<String, Object> nested(int levels) {
    Map<String, Object> map = Map.of("a", 1);
    for (int i = 0; i < levels; i++) {
      map = Map.of("a", map);
    }
    return map;
  }

  @Test
  void aNumberThatArithmeticCannotExpressIsRefused() {
    for (BigDecimal far :
        List.of(
            new BigDecimal("1E-1000000001"),
            new BigDecimal("1E+2147483647"),
            new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE))) {
      assertThatThrownBy(() -> Document.of(Map.of("n", far)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("field 'n'");
    }
    assertThat(Document.of(Map.of("n", new BigDecimal("1E-1000000000"))).get("n"))
        .isEqualTo(new BigDecimal("1E-1000000000"));
  }
}
