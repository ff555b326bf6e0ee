package io.stowage.core.ttl;

import io.stowage.api.Ttl;
import io.stowage.spi.Expiry;
import io.stowage.spi.TtlPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Finds the policy that a store's {@link Ttl} names. */
public final class TtlPolicies {

  private record None(String name) implements TtlPolicy {
    @Override
    public Expiry onSave() {
      return Expiry.never();
    }

    @Override
    public Optional<Duration> onRead() {
      return Optional.empty();
    }
  }

  private record Absolute(String name, Expiry expiry) implements TtlPolicy {
    @Override
    public Expiry onSave() {
      return expiry;
    }

    @Override
    public Optional<Duration> onRead() {
      return Optional.empty();
    }
  }

  private record Sliding(String name, Expiry expiry, Optional<Duration> onRead)
      implements TtlPolicy {
    @Override
    public Expiry onSave() {
      return expiry;
    }
  }

  private TtlPolicies() {}

  /**
   * The policy.
   *
   * @throws IllegalArgumentException if it is named and not on the class path
   */
  public static TtlPolicy of(Ttl ttl) {
    return switch (ttl.policy()) {
      case "none" -> new None(ttl.policy());
      case "absolute" -> withDuration(ttl, d -> new Absolute(ttl.policy(), Expiry.after(d)));
      case "sliding" ->
          withDuration(ttl, d -> new Sliding(ttl.policy(), Expiry.after(d), Optional.of(d)));
      default -> installed(ttl.policy());
    };
  }

  private static TtlPolicy withDuration(Ttl ttl, Function<Duration, TtlPolicy> policy) {
    return policy.apply(
        ttl.duration()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "TTL policy '"
                            + ttl.policy()
                            + "' has no duration; use Ttl."
                            + ttl.policy()
                            + "(duration)")));
  }

  private static TtlPolicy installed(String name) {
    List<TtlPolicy> found =
        ServiceLoader.load(TtlPolicy.class).stream().map(ServiceLoader.Provider::get).toList();
    return found.stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "TTL policy is '"
                        + name
                        + "'; allowed are none, absolute, sliding and, on the class path, "
                        + found.stream().map(TtlPolicy::name).toList()));
  }
}
