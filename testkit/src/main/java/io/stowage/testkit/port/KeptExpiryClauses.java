package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.Expiry;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Writes that leave the TTL of the record as it is, or make it no shorter. */
interface KeptExpiryClauses extends Clauses {

  /** A TTL, and one that is less. */
  Duration LONG = Duration.ofHours(2);

  Duration BRIEF = Duration.ofMinutes(10);

  @Clause
  default void p551_aCommitCanKeepTheExpiry() {
    Bench bench = bench();
    bench.draft("after").expiring(Expiry.after(LONG)).apply();
    bench.save("touched");
    assertThat(bench.touch("touched", null, Expiry.after(BRIEF))).isTrue();
    bench.save("unlimited");

    Draft replacing = bench.draft("after").keepingExpiry().holding("replaced");
    replacing.apply();
    bench.draft("touched").keepingExpiry().apply();
    bench.draft("unlimited").keepingExpiry().apply();
    bench.draft("absent").keepingExpiry().ifAbsent().apply();

    bench.assertStored("after", replacing.version(), replacing.payload());
    assertTtl(bench, "after", LONG);
    assertTtl(bench, "touched", BRIEF);
    assertThat(bench.ttl("unlimited")).isEqualTo(TimeToLive.unlimited());
    assertThat(bench.ttl("absent")).isEqualTo(TimeToLive.unlimited());
  }

  @Clause
  default void p552_aCommitCanExtendTheExpiry() {
    Bench bench = bench();
    bench.draft("later").expiring(Expiry.after(LONG)).apply();
    bench.draft("earlier").expiring(Expiry.after(BRIEF)).apply();
    bench.save("unlimited");
    Duration least = Duration.ofHours(1);

    for (String id : List.of("later", "earlier", "unlimited", "absent")) {
      Draft replacing = bench.draft(id).extendingExpiry(least).holding("replaced");
      replacing.apply();
      bench.assertStored(id, replacing.version(), replacing.payload());
    }

    assertTtl(bench, "later", LONG);
    for (String id : List.of("earlier", "unlimited", "absent")) {
      assertTtl(bench, id, least);
    }
  }

  @Clause
  default void p553_touchCanKeepAndExtendTheExpiry() {
    Bench bench = bench();
    Version later = bench.draft("later").expiring(Expiry.after(LONG)).apply();
    bench.draft("earlier").expiring(Expiry.after(BRIEF)).apply();
    bench.save("unlimited");
    Expiry least = Expiry.extend(Duration.ofHours(1));

    assertThat(bench.touch("earlier", null, Expiry.keep())).isTrue();
    assertThat(bench.touch("unlimited", null, Expiry.keep())).isTrue();
    assertThat(bench.touch("absent", null, Expiry.keep())).isFalse();
    assertTtl(bench, "earlier", BRIEF);
    assertThat(bench.ttl("unlimited")).isEqualTo(TimeToLive.unlimited());

    assertThat(bench.touch("later", later, least)).isTrue();
    assertThat(bench.touch("earlier", later, least)).as("at another version").isFalse();
    assertTtl(bench, "earlier", BRIEF);
    assertThat(bench.touch("earlier", null, least)).isTrue();
    assertThat(bench.touch("unlimited", null, least)).isTrue();
    assertThat(bench.touch("absent", null, least)).isFalse();
    assertTtl(bench, "later", LONG);
    assertTtl(bench, "earlier", Duration.ofHours(1));
    assertTtl(bench, "unlimited", Duration.ofHours(1));
  }

  @Clause
  default void p554_soCanAnAtomicBatch() {
    Bench bench = bench();
    AtomicPort port =
        bench
            .ports()
            .atomic()
            .orElseThrow(() -> new TestAbortedException("the adapter declares no atomic batches"));
    bench.draft("{t}kept").expiring(Expiry.after(LONG)).apply();
    bench.draft("{t}later").expiring(Expiry.after(LONG)).apply();
    bench.draft("{t}earlier").expiring(Expiry.after(BRIEF)).apply();
    Duration least = Duration.ofHours(1);
    List<AtomicWrite> writes =
        List.of(
            bench.draft("{t}kept").keepingExpiry().commit(),
            bench.draft("{t}later").extendingExpiry(least).commit(),
            bench.draft("{t}earlier").extendingExpiry(least).commit(),
            bench.draft("{t}new").keepingExpiry().commit());

    assertThat(port.apply(writes).isApplied()).isTrue();

    assertTtl(bench, "{t}kept", LONG);
    assertTtl(bench, "{t}later", LONG);
    assertTtl(bench, "{t}earlier", least);
    assertThat(bench.ttl("{t}new")).isEqualTo(TimeToLive.unlimited());
  }

  private static void assertTtl(Bench bench, String id, Duration set) {
    assertThat(bench.ttl(id).remaining().orElse(Duration.ZERO))
        .as("remaining time of '%s'", id)
        .isBetween(set.minusMinutes(5), set.plusSeconds(1));
  }
}
