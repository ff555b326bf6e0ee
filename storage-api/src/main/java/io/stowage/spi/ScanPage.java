package io.stowage.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the ids of a store.
 *
 * @param ids ids of records; may be empty although more follow
 * @param next where the next part begins, or null if this is the last
 */
public record ScanPage(List<String> ids, @Nullable String next) {

  /** Where a scan begins. */
  public static final String START = "";

  public ScanPage {
    ids = List.copyOf(ids);
  }
}
