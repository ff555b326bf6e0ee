package io.stowage.serialization.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.serialization.kryo.KryoCodec;
import io.stowage.serialization.msgpack.MessagePackCodec;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short text can stand for a number of a thousand million digits, which nobody writes out. */
class HostileNumbersTest {

  record OfInt(int n) {}

  record OfLong(Long n) {}

  record OfShort(short n) {}

  record OfDouble(double n) {}

  record OfFloat(Float n) {}

  record OfBoolean(boolean n) {}

  record OfInteger(BigInteger n) {}

  record OfDecimal(BigDecimal n) {}

  record OfNumber(Number n) {}

  record OfObject(Object n) {}

  record OfText(String n) {}

  record OfDuration(Duration n) {}

  record OfInstant(Instant n) {}

  record OfOffset(OffsetDateTime n) {}

  record OfZoned(ZonedDateTime n) {}

  record OfDay(LocalDate n) {}

  record OfYear(Year n) {}

  record OfDate(Date n) {}

  record OfId(UUID n) {}

  record OfMaybe(Optional<Long> n) {}

  record OfMaybeLong(OptionalLong n) {}

  private static final List<Class<?>> TARGETS =
      List.of(
          OfInt.class,
          OfLong.class,
          OfShort.class,
          OfDouble.class,
          OfFloat.class,
          OfBoolean.class,
          OfInteger.class,
          OfDecimal.class,
          OfNumber.class,
          OfObject.class,
          OfText.class,
          OfDuration.class,
          OfInstant.class,
          OfOffset.class,
          OfZoned.class,
          OfDay.class,
          OfYear.class,
          OfDate.class,
          OfId.class,
          OfMaybe.class,
          OfMaybeLong.class,
          Document.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E-10000000",
        "1E-1000000000",
        "1E+10000000",
        "1E+1000000000",
        "-1E+999999999",
        "1E-2147483647",
        "1E+2147483647"
      })
  void areReadIntoAnyTypeOrRefusedAtOnce(String text) {
    BigDecimal number = new BigDecimal(text);
    for (SerializationPort codec :
        List.of(new JsonCodec(), new MessagePackCodec(), new KryoCodec())) {
      for (Class<?> target : TARGETS) {
        assertTimeoutPreemptively(
            Duration.ofSeconds(5),
            () -> read(codec, number, target),
            () -> codec.name() + " of " + target.getSimpleName());
      }
    }
  }

  private static void read(SerializationPort codec, BigDecimal number, Class<?> target) {
    byte[] bytes;
    try {
      bytes = codec.encode(Map.of("n", number));
    } catch (SerializationException refusal) {
      assertThat(refusal.getMessage()).containsAnyOf("the scale " + number.scale(), "field 'n'");
      return;
    }
    assertThat(codec.fields(bytes)).containsOnlyKeys("n");
    try {
      assertThat((Object) codec.decode(bytes, target)).isNotNull();
    } catch (SerializationException refusal) {
      assertThat(refusal).hasMessageContaining(target.getName());
    }
  }
}
