package io.stowage.spi;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/**
 * What must be stored for a commit to be applied.
 *
 * @param kind what is required
 * @param version the version required; null unless the kind is {@code VERSION}
 */
public record Precondition(Kind kind, @Nullable Version version) {

  /** What a precondition requires. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** No record. */
    ABSENT,
    /** A record of exactly one version. */
    VERSION
  }

  private static final Precondition NONE = new Precondition(Kind.NONE, null);
  private static final Precondition ABSENT = new Precondition(Kind.ABSENT, null);

  public Precondition {
    if ((version != null) != (kind == Kind.VERSION)) {
      throw new IllegalArgumentException("precondition " + kind + " with version " + version);
    }
  }

  public static Precondition none() {
    return NONE;
  }

  public static Precondition absent() {
    return ABSENT;
  }

  public static Precondition version(Version version) {
    return new Precondition(Kind.VERSION, version);
  }
}
